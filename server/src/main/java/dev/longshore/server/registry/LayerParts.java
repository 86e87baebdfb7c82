package dev.longshore.server.registry;

import dev.longshore.shapes.ecr.LayerPartTooSmallException;
import dev.longshore.shapes.ecr.LimitExceededException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * ECR's rules for the parts of a layer: all but the last have 5 MiB, and there are at most 4,200.
 * They are remembered in memory only: a restart forgives.
 */
final class LayerParts {
  private static final int MOST = 4_200;
  private static final long LEAST_BYTES = 5L << 20;
  private static final Parts NONE = new Parts(0, LEAST_BYTES, false);

  private final Map<String, Parts> byUpload = new ConcurrentHashMap<>();
  private final int room;

  /**
   * What came for one upload.
   *
   * @param last bytes of the last part
   * @param small whether one before it was too small
   */
  private record Parts(int count, long last, boolean small) {}

  /**
   * @param room uploads that are remembered at once; beyond, all are forgiven
   */
  LayerParts(int room) {
    this.room = room;
  }

  /**
   * One more part came.
   *
   * @throws LimitExceededException there are too many
   */
  void came(String upload, long bytes) {
    if (byUpload.size() >= room) {
      byUpload.clear();
    }
    byUpload.merge(
        upload,
        after(NONE, bytes),
        (before, first) -> {
          if (before.count() >= MOST) {
            throw new LimitExceededException("A layer cannot have more than " + MOST + " parts.");
          }
          return after(before, bytes);
        });
  }

  private static Parts after(Parts before, long bytes) {
    boolean small = before.small() || before.last() < LEAST_BYTES;
    return new Parts(before.count() + 1, bytes, small);
  }

  /**
   * No more parts will come.
   *
   * @throws LayerPartTooSmallException one before the last was too small; the upload is spoilt
   */
  void end(String upload) {
    Parts parts = byUpload.getOrDefault(upload, NONE);
    if (parts.small()) {
      throw new LayerPartTooSmallException("Layer parts must be at least 5 MiB in size.");
    }
    byUpload.remove(upload);
  }
}
