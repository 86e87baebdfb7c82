package dev.longshore.core.repository;

import dev.longshore.core.model.ImageScan;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribeImageScanFindingsRequest;
import dev.longshore.shapes.ecr.DescribeImageScanFindingsResponse;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.ImageScanStatus;
import dev.longshore.shapes.ecr.ScanNotFoundException;

/** Shows what the last scan of an image found. */
public final class DescribeImageScanFindings
    implements Query<DescribeImageScanFindingsRequest, DescribeImageScanFindingsResponse> {

  @Override
  public DescribeImageScanFindingsResponse answer(
      View view, DescribeImageScanFindingsRequest request, Context context) {
    String repository = request.repositoryName();
    Repositories.existing(view, request.registryId(), repository, context);
    StoredImage image = Repositories.image(view, repository, request.imageId(), context);
    ImageScan scan = view.find(ImageScan.KIND, image.key());
    if (scan == null) {
      throw new ScanNotFoundException(
          "Image scan does not exist for the image with '{imageDigest:'"
              + image.digest()
              + "', imageTag:'"
              + request.imageId().imageTag()
              + "'}' in the repository with name '"
              + repository
              + "' in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    return DescribeImageScanFindingsResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(repository)
        .imageId(new ImageIdentifier(image.digest(), request.imageId().imageTag()))
        .imageScanStatus(new ImageScanStatus(scan.status(), scan.description()))
        .imageScanFindings(scan.findings())
        .build();
  }
}
