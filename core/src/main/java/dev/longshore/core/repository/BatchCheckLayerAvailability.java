package dev.longshore.core.repository;

import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.BatchCheckLayerAvailabilityRequest;
import dev.longshore.shapes.ecr.BatchCheckLayerAvailabilityResponse;
import dev.longshore.shapes.ecr.Layer;
import dev.longshore.shapes.ecr.LayerFailure;
import dev.longshore.shapes.ecr.LayerFailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Says which layers a repository has. */
public final class BatchCheckLayerAvailability
    implements Query<BatchCheckLayerAvailabilityRequest, BatchCheckLayerAvailabilityResponse> {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}");

  @Override
  public BatchCheckLayerAvailabilityResponse answer(
      View view, BatchCheckLayerAvailabilityRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    List<Layer> layers = new ArrayList<>();
    List<LayerFailure> failures = new ArrayList<>();
    for (String digest : request.layerDigests()) {
      if (!DIGEST.matcher(digest).matches()) {
        failures.add(
            new LayerFailure(
                digest, LayerFailureCode.INVALID_LAYER_DIGEST, "Invalid layer digest"));
        continue;
      }
      StoredLayer row = view.find(StoredLayer.KIND, StoredImage.key(repository, digest));
      layers.add(
          Layer.builder()
              .layerDigest(digest)
              .layerAvailability(row == null ? "UNAVAILABLE" : "AVAILABLE")
              .layerSize(row == null ? null : row.size())
              .mediaType(row == null ? null : "application/vnd.docker.image.rootfs.diff.tar.gzip")
              .build());
    }
    return new BatchCheckLayerAvailabilityResponse(layers, failures);
  }
}
