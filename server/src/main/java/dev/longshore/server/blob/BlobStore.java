package dev.longshore.server.blob;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Keeps bytes under their digest, each once, whoever sent them. What may be read by whom, and what
 * is still wanted, is for its user to say.
 */
public interface BlobStore extends AutoCloseable {
  /**
   * Begins an upload.
   *
   * @param owner who may go on with it; its id means nothing to others
   * @throws TooManyUploadsException there are as many as the limits allow
   * @throws StoreFullException the disk has no more room than its reserve
   */
  Upload begin(String owner, Algorithm algorithm) throws IOException;

  /** The owner's upload of that id, or null: it ended, expired, or never was. */
  @Nullable Upload upload(String owner, String id) throws IOException;

  /** Stores bytes at hand, durably, and keeps them from being collected. */
  Lease put(Digest digest, byte[] bytes) throws IOException;

  /** Opens a blob for reading; null where it is not held. */
  @Nullable StoredBlob open(Digest digest) throws IOException;

  /**
   * Keeps a blob, there or not, from being collected, until the lease is closed. Whoever stores or
   * finds a blob holds one until it is recorded that the blob is wanted.
   */
  Lease lease(Digest digest);

  /**
   * Deletes blobs that nobody wants and uploads that rest.
   *
   * @param wanted asked about each blob at the moment of its deletion
   * @param rest how long nothing came for an upload that is deleted
   */
  Swept sweep(Predicate<Digest> wanted, Duration rest) throws IOException;

  /** Lets go of what it has open; uploads under way fail. */
  @Override
  void close();

  /** What a sweep deleted. */
  record Swept(int blobs, long bytes, int uploads) {}

  /** A blob that is kept. */
  interface Lease extends AutoCloseable {
    Digest digest();

    @Override
    void close();
  }

  /** More uploads are open than the limits allow. */
  final class TooManyUploadsException extends IOException {
    private static final long serialVersionUID = 1;

    TooManyUploadsException(int most) {
      super("No more than " + most + " uploads may be open at once.");
    }
  }

  /** The disk has no more room than its reserve. */
  final class StoreFullException extends IOException {
    private static final long serialVersionUID = 1;

    StoreFullException() {
      super("There is no room left for blobs.");
    }
  }
}
