package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageScan;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ImageDetail;
import dev.longshore.shapes.ecr.ImageScanFindings;
import dev.longshore.shapes.ecr.ImageScanFindingsSummary;
import dev.longshore.shapes.ecr.ImageScanStatus;
import dev.longshore.shapes.ecr.ImageScanningConfiguration;
import dev.longshore.shapes.ecr.Repository;
import java.util.List;
import java.util.function.Supplier;

/**
 * Rows as the API shows them.
 *
 * @param address host and port of the registry, as clients reach it
 */
record RepositoryAnswers(Supplier<String> address) {
  Repository repository(ImageRepository row, Context context) {
    var exclusions = row.mutability().exclusions();
    return Repository.builder()
        .repositoryArn(Repositories.arn(context.place(), row.name()))
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .repositoryUri(address.get() + '/' + row.name())
        .createdAt(row.createdAt())
        .imageTagMutability(row.mutability().mode())
        .imageTagMutabilityExclusionFilters(exclusions.isEmpty() ? null : exclusions)
        .imageScanningConfiguration(
            ImageScanningConfiguration.builder().scanOnPush(row.scanOnPush()).build())
        .encryptionConfiguration(row.encryption())
        .build();
  }

  static ImageDetail detail(View view, StoredImage image, Context context) {
    List<String> tags = Repositories.tags(view, image);
    ImageScan scan = view.find(ImageScan.KIND, image.key());
    ImageScanFindings found = scan == null ? null : scan.findings();
    return ImageDetail.builder()
        .registryId(context.place().accountId())
        .repositoryName(image.repository())
        .imageDigest(image.digest())
        .imageTags(tags.isEmpty() ? null : tags)
        .imageSizeInBytes(image.size())
        .imagePushedAt(image.pushedAt())
        .imageScanStatus(
            scan == null ? null : new ImageScanStatus(scan.status(), scan.description()))
        .imageScanFindingsSummary(
            found == null
                ? null
                : new ImageScanFindingsSummary(
                    found.imageScanCompletedAt(),
                    found.vulnerabilitySourceUpdatedAt(),
                    found.findingSeverityCounts()))
        .imageManifestMediaType(image.mediaType())
        .artifactMediaType(image.artifactType() == null ? image.configType() : image.artifactType())
        .lastRecordedPullTime(image.pulledAt())
        .subjectManifestDigest(image.subject())
        .imageStatus("ACTIVE")
        .build();
  }
}
