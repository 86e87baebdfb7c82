package dev.longshore.server.blob;

import java.time.Duration;

/**
 * What a store puts up with.
 *
 * @param blob bytes of one blob
 * @param uploads open at once
 * @param expiry how long an upload may rest before it is deleted
 * @param reserve bytes of the disk that uploads leave free
 */
public record BlobLimits(long blob, int uploads, Duration expiry, long reserve) {
  /** Amazon ECR takes layers of 52,000 MB. */
  public static final BlobLimits USUAL =
      new BlobLimits(52_000L << 20, 10_000, Duration.ofDays(1), 256L << 20);
}
