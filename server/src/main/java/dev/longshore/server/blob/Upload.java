package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way to the store: appended to a file and hashed as it comes. It outlives requests
 * and the process; after a restart the hash is made anew from the file.
 */
public final class Upload {
  private static final int BUFFER = 1 << 20;

  private final String id;
  private final Path file;
  private final DiskBlobStore store;
  private final InstantSource clock;
  private final Semaphore turn = new Semaphore(1);
  private Algorithm algorithm;
  private @Nullable Hashing hash;
  private volatile long size;
  private volatile long touched;

  Upload(
      String id,
      Path file,
      DiskBlobStore store,
      InstantSource clock,
      Algorithm algorithm,
      long size,
      long touched) {
    this.id = id;
    this.file = file;
    this.store = store;
    this.clock = clock;
    this.algorithm = algorithm;
    this.size = size;
    this.touched = touched;
    this.hash = size == 0 ? new Hashing(algorithm) : null;
  }

  /** Thirty-two lower-case hex digits. */
  public String id() {
    return id;
  }

  /** Bytes received so far. */
  public long size() {
    return size;
  }

  /** Milliseconds of the epoch at which it was last written to. */
  long touched() {
    return touched;
  }

  Path file() {
    return file;
  }

  /** Whether nobody writes to it, now and for good. */
  boolean retire() {
    return turn.tryAcquire();
  }

  /**
   * Opens it for one writer.
   *
   * @return null where another is writing, or where it has ended
   */
  public @Nullable Writing write() throws IOException {
    if (!turn.tryAcquire()) {
      return null;
    }
    try {
      return new Writing(store.files().append(file, size));
    } catch (IOException e) {
      turn.release();
      throw e;
    }
  }

  /** One writer's turn at an upload. */
  public final class Writing implements AutoCloseable {
    private final BlobFile bytes;
    private final EarlyFlush flush;
    private boolean ended;

    private Writing(BlobFile bytes) throws IOException {
      this.bytes = bytes;
      this.flush = new EarlyFlush(bytes.file(), size);
      hash();
    }

    private Hashing hashed(Algorithm by) throws IOException {
      Hashing fresh = new Hashing(by);
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (long at = 0; at < size; ) {
        buffer.clear().limit((int) Math.min(BUFFER, size - at));
        bytes.read(at, buffer);
        at += buffer.position();
        fresh.add(List.of(buffer.flip()), 0, () -> {});
      }
      return fresh;
    }

    private Hashing hash() throws IOException {
      if (hash == null) {
        hash = hashed(algorithm);
      }
      return hash;
    }

    /** Names the algorithm of the digest to come; costs nothing before the first byte. */
    public void expect(Algorithm expected) throws IOException {
      if (expected != algorithm) {
        hash().settle();
        algorithm = expected;
        hash = hashed(expected);
      }
    }

    /**
     * Appends bytes.
     *
     * @throws BlobTooLargeException they are more than a blob may have; none was appended
     */
    public void append(ByteBuffer more) throws IOException {
      var done = new CountDownLatch(1);
      try {
        append(List.of(more), done::countDown);
      } finally {
        await(done);
      }
      more.position(more.limit());
    }

    private static void await(CountDownLatch done) throws InterruptedIOException {
      try {
        done.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (InterruptedIOException)
            new InterruptedIOException("Interrupted while bytes were stored.").initCause(e);
      }
    }

    /**
     * Appends bytes that another thread may still read when this returns; moves none of them.
     *
     * @param done called once nobody reads them any more, also where this throws
     * @throws BlobTooLargeException they are more than a blob may have; none was appended
     */
    public void append(List<ByteBuffer> more, Runnable done) throws IOException {
      var users = new AtomicInteger(2);
      Runnable used =
          () -> {
            if (users.decrementAndGet() == 0) {
              done.run();
            }
          };
      try {
        startHash(more, used);
        bytes.append(more);
      } catch (IOException e) {
        // What is hashed and what counts may differ now.
        restartHash();
        throw e;
      } finally {
        used.run();
      }
      size = bytes.size();
      touched = clock.millis();
      flush.grown(size);
    }

    private void startHash(List<ByteBuffer> more, Runnable used) throws IOException {
      long length = more.stream().mapToLong(ByteBuffer::remaining).sum();
      Hashing running;
      try {
        if (length > store.limits().blob() - size) {
          throw new BlobTooLargeException(store.limits().blob());
        }
        store.claim(size, length);
        running = hash();
      } catch (IOException e) {
        used.run();
        throw e;
      }
      running.add(more, length, used);
    }

    private void restartHash() throws IOException {
      if (hash != null) {
        hash.settle();
        hash = null;
      }
    }

    /**
     * Makes it a blob, durably, if it has that digest; the upload has ended then.
     *
     * @return keeps the blob; null where the digest is another, and the upload is deleted
     */
    public @Nullable Lease commit(Digest digest) throws IOException {
      expect(digest.algorithm());
      if (!hash().digest().equals(digest)) {
        cancel();
        return null;
      }
      hash = null;
      flush.await();
      Lease lease = store.commit(Upload.this, bytes, digest);
      ended = true;
      return lease;
    }

    /** Deletes it. */
    public void cancel() throws IOException {
      ended = true;
      store.forget(Upload.this);
      Files.deleteIfExists(file);
    }

    /** Ends this turn; an upload that was not committed or cancelled can be gone on with. */
    @Override
    public void close() throws IOException {
      try {
        if (hash != null) {
          hash.settle();
        }
        flush.await();
      } finally {
        closeFile();
      }
    }

    private void closeFile() throws IOException {
      try {
        bytes.close();
      } finally {
        if (!ended) {
          turn.release();
        }
      }
    }
  }

  /** A blob is larger than the limits allow. */
  public static final class BlobTooLargeException extends IOException {
    private static final long serialVersionUID = 1;

    BlobTooLargeException(long most) {
      super("A blob may not have more than " + most + " bytes.");
    }
  }
}
