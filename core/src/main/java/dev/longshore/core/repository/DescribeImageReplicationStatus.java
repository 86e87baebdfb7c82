package dev.longshore.core.repository;

import dev.longshore.core.model.Replica;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeImageReplicationStatusRequest;
import dev.longshore.shapes.ecr.DescribeImageReplicationStatusResponse;
import dev.longshore.shapes.ecr.ImageReplicationStatus;
import java.util.ArrayList;
import java.util.List;

/** Tells how far the copies of an image are. */
public final class DescribeImageReplicationStatus
    implements Query<
        DescribeImageReplicationStatusRequest, DescribeImageReplicationStatusResponse> {

  @Override
  public DescribeImageReplicationStatusResponse answer(
      View view, DescribeImageReplicationStatusRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    StoredImage image = Repositories.image(view, repository, request.imageId(), context);
    List<ImageReplicationStatus> statuses = new ArrayList<>();
    for (Replica replica : view.by(Replica.BY_IMAGE, image.key())) {
      statuses.add(
          ImageReplicationStatus.builder()
              .region(replica.region())
              .registryId(replica.registry())
              .status(replica.status())
              .failureCode(replica.failureCode())
              .build());
    }
    return new DescribeImageReplicationStatusResponse(repository, request.imageId(), statuses);
  }
}
