package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecr.ImageScanFindings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last scan of an image.
 *
 * @param image key of the image
 * @param status in the API's words: IN_PROGRESS, COMPLETE or FAILED
 * @param description why it failed
 * @param findings what was found; null while it is not complete
 */
public record ImageScan(
    String image,
    String status,
    @Nullable String description,
    Instant startedAt,
    @Nullable ImageScanFindings findings) {
  /** Keyed as the image. */
  public static final Kind<ImageScan> KIND =
      Kind.of("imageScan", ImageScan.class, ImageScan::image);
}
