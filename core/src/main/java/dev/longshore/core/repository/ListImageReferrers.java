package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ImageReferrer;
import dev.longshore.shapes.ecr.ListImageReferrersFilter;
import dev.longshore.shapes.ecr.ListImageReferrersRequest;
import dev.longshore.shapes.ecr.ListImageReferrersResponse;
import org.jspecify.annotations.Nullable;

/** Lists the manifests that are about an image. */
public final class ListImageReferrers
    implements Query<ListImageReferrersRequest, ListImageReferrersResponse> {

  @Override
  public ListImageReferrersResponse answer(
      View view, ListImageReferrersRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    Paging paging =
        Paging.of("ListImageReferrers", request.nextToken(), request.maxResults(), 50, 50);
    String subject = StoredImage.key(repository, request.subjectId().imageDigest());
    Page<ImageReferrer> page =
        paging.page(
            view.by(StoredImage.BY_SUBJECT, subject, paging.after()),
            StoredImage::key,
            image -> shown(image, request.filter()));
    return new ListImageReferrersResponse(page.items(), page.nextToken());
  }

  private static @Nullable ImageReferrer shown(
      StoredImage image, @Nullable ListImageReferrersFilter filter) {
    String type = image.artifactType() == null ? image.configType() : image.artifactType();
    if (filter != null && filter.artifactTypes() != null) {
      if (type == null || !filter.artifactTypes().contains(type)) {
        return null;
      }
    }
    return ImageReferrer.builder()
        .digest(image.digest())
        .mediaType(image.mediaType())
        .artifactType(type)
        .size(image.manifestSize())
        .annotations(image.annotations().isEmpty() ? null : image.annotations())
        .build();
  }
}
