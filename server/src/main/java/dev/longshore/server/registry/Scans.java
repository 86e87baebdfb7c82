package dev.longshore.server.registry;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageScan;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.BeginScan;
import dev.longshore.core.repository.EndScan;
import dev.longshore.core.repository.Scanning;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.ImageScanFindings;
import dev.longshore.shapes.ecr.ImageScanStatus;
import dev.longshore.shapes.ecr.StartImageScanRequest;
import dev.longshore.shapes.ecr.StartImageScanResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has images scanned: when somebody asks, and when they are pushed to where that is wished. */
final class Scans {
  private static final Logger LOG = LoggerFactory.getLogger(Scans.class);

  /** What a scan says that nobody could carry out. */
  static final String NOT_CONFIGURED = "No image scanner is configured.";

  private final Registry registry;
  private final Manifests manifests;

  Scans(Registry registry, Manifests manifests) {
    this.registry = registry;
    this.manifests = manifests;
  }

  /** Begins a scan; without a scanner it has failed already, and nothing is recorded of it. */
  StartImageScanResponse start(StartImageScanRequest request, Caller caller) {
    ImageScan scan;
    ImageScanner scanner = registry.scanner();
    if (scanner == null) {
      StoredImage image =
          registry.image(request.registryId(), request.repositoryName(), request.imageId(), caller);
      scan = new ImageScan(image.key(), "FAILED", NOT_CONFIGURED, registry.now(), null);
    } else {
      scan = begin(scanner, request, caller);
    }
    String digest = scan.image().substring(scan.image().indexOf('@') + 1);
    return StartImageScanResponse.builder()
        .registryId(registry.place().accountId())
        .repositoryName(request.repositoryName())
        .imageId(new ImageIdentifier(digest, request.imageId().imageTag()))
        .imageScanStatus(new ImageScanStatus(scan.status(), scan.description()))
        .build();
  }

  private ImageScan begin(ImageScanner scanner, StartImageScanRequest request, Caller caller) {
    ImageScan scan =
        registry.decide(
            new BeginScan(),
            new BeginScan.Asked(request.registryId(), request.repositoryName(), request.imageId()),
            caller);
    Thread.ofVirtual().name("scan").start(() -> carryOut(scanner, scan));
    return scan;
  }

  /** Scans what was pushed, if its repository wishes that. */
  void pushed(StoredImage image) {
    ImageRepository row = registry.state().find(ImageRepository.KIND, image.repository());
    ImageScanner scanner = registry.scanner();
    if (scanner == null
        || row == null
        || image.configType() == null
        || !Scanning.onPush(registry.state(), row)
        || registry.state().find(ImageScan.KIND, image.key()) != null) {
      return;
    }
    try {
      begin(
          scanner,
          StartImageScanRequest.builder()
              .repositoryName(image.repository())
              .imageId(new ImageIdentifier(image.digest(), null))
              .build(),
          Caller.root(registry.place().accountId()));
    } catch (ServiceException e) {
      LOG.info("{} is not scanned: {}", image.key(), e.getMessage());
    }
  }

  private void carryOut(ImageScanner scanner, ImageScan scan) {
    ImageScan ended;
    try {
      ImageScanFindings findings =
          scanner.scan(registry.address() + '/' + scan.image(), () -> manifest(scan.image()));
      ended = new ImageScan(scan.image(), "COMPLETE", null, scan.startedAt(), findings);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} could not be scanned", scan.image(), e);
      ended =
          new ImageScan(
              scan.image(), "FAILED", String.valueOf(e.getMessage()), scan.startedAt(), null);
    }
    registry.decide(new EndScan(), ended, Caller.root(registry.place().accountId()));
  }

  private byte[] manifest(String key) {
    StoredImage image = registry.state().find(StoredImage.KIND, key);
    if (image == null) {
      throw new IllegalStateException("The image was deleted meanwhile.");
    }
    try {
      return manifests.bytes(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
