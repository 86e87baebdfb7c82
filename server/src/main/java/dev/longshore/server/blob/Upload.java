package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way to the store, hashed as it comes. It outlives requests and the process; after a
 * restart the hash is made anew from what is stored.
 */
public interface Upload {
  /** Thirty-two lower-case hex digits. */
  String id();

  /** Bytes received so far. */
  long size();

  /**
   * Opens it for one writer.
   *
   * @return null where another is writing, or where it has ended
   */
  @Nullable Writing write() throws IOException;

  /** One writer's turn at an upload. */
  interface Writing extends AutoCloseable {
    /** Names the algorithm of the digest to come; costs nothing before the first byte. */
    void expect(Algorithm expected) throws IOException;

    /**
     * Appends bytes that another thread may still read when this returns; moves none of them.
     *
     * @param done called once nobody reads them any more, also where this throws
     * @throws BlobTooLargeException they are more than a blob may have; none was appended
     */
    void append(List<ByteBuffer> more, Runnable done) throws IOException;

    /**
     * Appends bytes.
     *
     * @throws BlobTooLargeException they are more than a blob may have; none was appended
     */
    default void append(ByteBuffer more) throws IOException {
      var done = new CountDownLatch(1);
      try {
        append(List.of(more), done::countDown);
      } finally {
        await(done);
      }
      more.position(more.limit());
    }

    /**
     * Makes it a blob, durably, if it has that digest; the upload has ended then.
     *
     * @return keeps the blob; null where the digest is another, and the upload is deleted
     */
    @Nullable Lease commit(Digest digest) throws IOException;

    /** Deletes it. */
    void cancel() throws IOException;

    /** Ends this turn; an upload that was not committed or cancelled can be gone on with. */
    @Override
    void close() throws IOException;

    private static void await(CountDownLatch done) throws InterruptedIOException {
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (InterruptedIOException)
            new InterruptedIOException("Interrupted while bytes were stored.").initCause(e);
      }
    }
  }

  /** What two users of some bytes each call once; the later one's call passes on. */
  static Runnable afterBoth(Runnable done) {
    var users = new AtomicInteger(2);
    return () -> {
      if (users.decrementAndGet() == 0) {
        done.run();
      }
    };
  }

  /** A blob is larger than the limits allow. */
  final class BlobTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    BlobTooLargeException(long most) {
      super("A blob may not have more than " + most + " bytes.");
    }
  }
}
