package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which blobs are kept from being collected, and by how many. */
final class Leases {
  private final Map<Digest, Integer> held = new ConcurrentHashMap<>();

  /** Collects one blob. */
  @FunctionalInterface
  interface Collection {
    /** Answers the bytes that were freed; negative: it was left alone. */
    long collect() throws IOException;
  }

  Lease take(Digest digest) {
    held.merge(digest, 1, Integer::sum);
    return new HeldLease(digest);
  }

  /**
   * Collects a blob unless it is leased. Taking a lease waits for this: whoever has one sees the
   * blob either kept or gone.
   *
   * @return as the collection answered; negative where there is a lease
   */
  long unlessHeld(Digest digest, Collection collection) throws IOException {
    long[] freed = {-1};
    IOException[] failure = new IOException[1];
    held.compute(
        digest,
        (d, count) -> {
          if (count == null) {
            try {
              freed[0] = collection.collect();
            } catch (IOException e) {
              failure[0] = e;
            }
          }
          return count;
        });
    if (failure[0] != null) {
      throw failure[0];
    }
    return freed[0];
  }

  private final class HeldLease implements Lease {
    private final Digest digest;
    private boolean closed;

    private HeldLease(Digest digest) {
      this.digest = digest;
    }

    @Override
    public Digest digest() {
      return digest;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        held.computeIfPresent(digest, (d, count) -> count == 1 ? null : count - 1);
      }
    }
  }
}
