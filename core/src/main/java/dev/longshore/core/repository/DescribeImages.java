package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeImagesFilter;
import dev.longshore.shapes.ecr.DescribeImagesRequest;
import dev.longshore.shapes.ecr.DescribeImagesResponse;
import dev.longshore.shapes.ecr.ImageDetail;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes images of a repository. */
public final class DescribeImages implements Query<DescribeImagesRequest, DescribeImagesResponse> {

  @Override
  public DescribeImagesResponse answer(View view, DescribeImagesRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    if (request.imageIds() != null) {
      List<ImageDetail> details =
          request.imageIds().stream()
              .map(id -> Repositories.image(view, repository, id, context))
              .distinct()
              .map(image -> RepositoryAnswers.detail(view, image, context))
              .toList();
      return new DescribeImagesResponse(details, null);
    }
    Paging paging =
        Paging.of("DescribeImages", request.nextToken(), request.maxResults(), 1000, 100);
    Page<ImageDetail> page =
        paging.page(
            view.by(StoredImage.BY_REPOSITORY, repository, paging.after()),
            StoredImage::key,
            image -> shown(RepositoryAnswers.detail(view, image, context), request.filter()));
    return new DescribeImagesResponse(page.items(), page.nextToken());
  }

  private static @Nullable ImageDetail shown(
      ImageDetail detail, @Nullable DescribeImagesFilter filter) {
    String status = filter == null ? null : filter.tagStatus();
    boolean tagged = detail.imageTags() != null;
    boolean hidden = ("TAGGED".equals(status) && !tagged) || ("UNTAGGED".equals(status) && tagged);
    return hidden ? null : detail;
  }
}
