package dev.longshore.core.repository;

import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.BatchDeleteImageRequest;
import dev.longshore.shapes.ecr.BatchDeleteImageResponse;
import dev.longshore.shapes.ecr.ImageFailure;
import dev.longshore.shapes.ecr.ImageFailureCode;
import dev.longshore.shapes.ecr.ImageIdentifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Deletes tags, and images by their digest or with their last tag. */
public final class BatchDeleteImage
    implements Command<BatchDeleteImageRequest, BatchDeleteImageResponse> {

  @Override
  public BatchDeleteImageResponse decide(
      Draft draft, BatchDeleteImageRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(draft, request.registryId(), repository, context);
    List<ImageIdentifier> deleted = new ArrayList<>();
    List<ImageFailure> failures = new ArrayList<>();
    for (ImageIdentifier id : request.imageIds()) {
      ImageFailure failure = ImageLookup.failure(draft, repository, id);
      StoredImage image = Repositories.find(draft, repository, id.imageDigest(), id.imageTag());
      if (failure == null && image != null) {
        failure = delete(draft, image, id, context, deleted);
      }
      if (failure != null) {
        failures.add(failure);
      }
    }
    return new BatchDeleteImageResponse(deleted, failures);
  }

  private static @Nullable ImageFailure delete(
      Draft draft,
      StoredImage image,
      ImageIdentifier id,
      Context context,
      List<ImageIdentifier> deleted) {
    List<String> tags = Repositories.tags(draft, image);
    String tag = id.imageTag();
    if (tag != null && tags.size() > 1) {
      draft.remove(ImageTag.KIND, ImageTag.key(image.repository(), tag));
      deleted.add(new ImageIdentifier(image.digest(), tag));
      return null;
    }
    List<String> parents = Deletion.parents(draft, image);
    if (!parents.isEmpty()) {
      return new ImageFailure(
          id, ImageFailureCode.IMAGE_REFERENCED_BY_MANIFEST_LIST, Deletion.listedBy(parents));
    }
    Deletion.remove(draft, image, context);
    if (tags.isEmpty()) {
      deleted.add(new ImageIdentifier(image.digest(), null));
    }
    tags.forEach(each -> deleted.add(new ImageIdentifier(image.digest(), each)));
    return null;
  }
}
