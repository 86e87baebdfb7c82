package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.PutImageScanningConfigurationRequest;
import dev.longshore.shapes.ecr.PutImageScanningConfigurationResponse;

/** Says whether images are scanned when they are pushed; kept, for there is no scanner. */
public final class PutImageScanningConfiguration
    implements Command<
        PutImageScanningConfigurationRequest, PutImageScanningConfigurationResponse> {

  @Override
  public PutImageScanningConfigurationResponse decide(
      Draft draft, PutImageScanningConfigurationRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(draft, request.registryId(), request.repositoryName(), context);
    boolean scan = Boolean.TRUE.equals(request.imageScanningConfiguration().scanOnPush());
    draft.put(ImageRepository.KIND, row.withScanOnPush(scan));
    return PutImageScanningConfigurationResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .imageScanningConfiguration(request.imageScanningConfiguration())
        .build();
  }
}
