package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.server.RegistrySettings;
import dev.longshore.shapes.ecr.ImageScanFinding;
import dev.longshore.shapes.ecr.ImageScanFindings;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Scans of images where somebody put a scanner in. */
@Timeout(60)
class ScansTest {
  private static final long LOOK_NANOS = 5_000_000;

  @TempDir private static Path directory;
  private static Wharf wharf;

  @BeforeAll
  static void start() throws Exception {
    wharf =
        new Wharf(
            ControlPlaneSettings.local(directory, 0)
                .withRegistry(RegistrySettings.USUAL.withScanner(ScansTest::scanned)));
    wharf.with();
  }

  @AfterAll
  static void stop() {
    wharf.close();
  }

  /** Finds one weakness in each image that is not called bad, and shows that it was read. */
  private static ImageScanFindings scanned(String image, Supplier<byte[]> manifest)
      throws IOException {
    if (image.contains("/bad@")) {
      throw new IOException("The scanner does not like it.");
    }
    boolean read = new String(manifest.get(), UTF_8).contains("schemaVersion");
    return ImageScanFindings.builder()
        .findingSeverityCounts(Map.of("HIGH", 1))
        .findings(
            List.of(
                ImageScanFinding.builder()
                    .name(read ? "CVE-2026-1" : "unread")
                    .severity("HIGH")
                    .build()))
        .build();
  }

  private static Json ecr(String action, String members) throws Exception {
    return wharf.ecr(action, '{' + members.replace('\'', '"') + '}');
  }

  private static String image(String repository) {
    return "'repositoryName':'" + repository + "','imageId':{'imageTag':'v1'}";
  }

  private static void push(String repository) throws Exception {
    assertThat(wharf.put(repository, "v1", wharf.image(repository, "layer", "")).statusCode())
        .isEqualTo(201);
  }

  /** The findings once the scan has ended. */
  private static Json ended(String repository) throws Exception {
    Json found = ecr("DescribeImageScanFindings", image(repository));
    while (!List.of("COMPLETE", "FAILED").contains(found.at("imageScanStatus", "status").text())) {
      LockSupport.parkNanos(LOOK_NANOS);
      found = ecr("DescribeImageScanFindings", image(repository));
    }
    return found;
  }

  @Test
  void what_a_scan_finds_is_shown_and_it_is_done_once_in_a_day() throws Exception {
    wharf.with("asked");
    push("asked");
    assertThat(ecr("DescribeImageScanFindings", image("asked")).at("__type").text())
        .endsWith("ScanNotFoundException");
    Json begun = ecr("StartImageScan", image("asked"));
    assertThat(begun.at("imageScanStatus", "status").text()).isEqualTo("IN_PROGRESS");
    Json found = ended("asked").at("imageScanFindings");
    assertThat(found.at("findings").elements().getFirst().at("name").text())
        .isEqualTo("CVE-2026-1");
    Json detail =
        ecr("DescribeImages", "'repositoryName':'asked'").at("imageDetails").elements().getFirst();
    assertThat(detail.at("imageScanStatus", "status").text()).isEqualTo("COMPLETE");
    assertThat(detail.at("imageScanFindingsSummary", "findingSeverityCounts", "HIGH").number())
        .isEqualTo(1);
    Json again = ecr("StartImageScan", image("asked"));
    assertThat(again.at("__type").text()).endsWith("LimitExceededException");
    assertThat(again.at("message").text())
        .isEqualTo("The scan quota per image has been exceeded. Wait and try again.");
  }

  @Test
  void a_repository_that_wishes_it_has_its_images_scanned_when_they_come() throws Exception {
    wharf.with("pushed");
    ecr(
        "PutImageScanningConfiguration",
        "'repositoryName':'pushed','imageScanningConfiguration':{'scanOnPush':true}");
    push("pushed");
    assertThat(ended("pushed").at("imageScanStatus", "status").text()).isEqualTo("COMPLETE");
  }

  @Test
  void a_scan_that_fails_says_why() throws Exception {
    wharf.with("bad");
    push("bad");
    ecr("StartImageScan", image("bad"));
    Json status = ended("bad").at("imageScanStatus");
    assertThat(status.at("status").text()).isEqualTo("FAILED");
    assertThat(status.at("description").text()).isEqualTo("The scanner does not like it.");
  }
}
