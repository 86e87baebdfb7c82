package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.ImageStorageClassUpdateNotSupportedException;
import dev.longshore.shapes.ecr.UpdateImageStorageClassRequest;
import dev.longshore.shapes.ecr.UpdateImageStorageClassResponse;

/** Moves an image to another class of storage; there is but one here, where all images are. */
public final class UpdateImageStorageClass
    implements Query<UpdateImageStorageClassRequest, UpdateImageStorageClassResponse> {

  @Override
  public UpdateImageStorageClassResponse answer(
      View view, UpdateImageStorageClassRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    StoredImage image = Repositories.image(view, repository, request.imageId(), context);
    if (!request.targetStorageClass().equals("STANDARD")) {
      throw new ImageStorageClassUpdateNotSupportedException(
          "The image with digest '"
              + image.digest()
              + "' cannot be moved to storage class "
              + request.targetStorageClass()
              + ": this registry has no other than STANDARD");
    }
    return UpdateImageStorageClassResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(repository)
        .imageId(new ImageIdentifier(image.digest(), request.imageId().imageTag()))
        .imageStatus("ACTIVE")
        .build();
  }
}
