package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.ListImagesFilter;
import dev.longshore.shapes.ecr.ListImagesRequest;
import dev.longshore.shapes.ecr.ListImagesResponse;
import java.util.ArrayList;
import java.util.List;

/** Lists the tags and digests of a repository. */
public final class ListImages implements Query<ListImagesRequest, ListImagesResponse> {
  /** One line of the listing; sorted by its key. */
  private record Line(String key, ImageIdentifier id) {}

  @Override
  public ListImagesResponse answer(View view, ListImagesRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    Paging paging = Paging.of("ListImages", request.nextToken(), request.maxResults(), 1000, 100);
    ListImagesFilter filter = request.filter();
    String status = filter == null ? null : filter.tagStatus();
    String after = paging.after();
    List<Line> lines = new ArrayList<>();
    for (StoredImage image : view.by(StoredImage.BY_REPOSITORY, repository)) {
      List<String> tags = Repositories.tags(view, image);
      if (tags.isEmpty() && !"TAGGED".equals(status)) {
        lines.add(new Line(image.digest(), new ImageIdentifier(image.digest(), null)));
      }
      if (!"UNTAGGED".equals(status)) {
        tags.forEach(tag ->
            lines.add(new Line(image.digest() + tag, new ImageIdentifier(image.digest(), tag))));
      }
    }
    lines.removeIf(line -> after != null && line.key().compareTo(after) <= 0);
    Page<ImageIdentifier> page = paging.page(lines, Line::key, Line::id);
    return new ListImagesResponse(page.items(), page.nextToken());
  }
}
