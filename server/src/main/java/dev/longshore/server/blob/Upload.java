package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
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
  private @Nullable MessageDigest hash;
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
    this.hash = size == 0 ? algorithm.hash() : null;
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
      if (hash == null) {
        hash = hashed(algorithm);
      }
    }

    private MessageDigest hashed(Algorithm by) throws IOException {
      MessageDigest fresh = by.hash();
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (long at = 0; at < size; ) {
        buffer.clear().limit((int) Math.min(BUFFER, size - at));
        bytes.read(at, buffer);
        fresh.update(buffer.array(), 0, buffer.position());
        at += buffer.position();
      }
      return fresh;
    }

    /** Names the algorithm of the digest to come; costs nothing before the first byte. */
    public void expect(Algorithm expected) throws IOException {
      if (expected != algorithm) {
        algorithm = expected;
        hash = size == 0 ? expected.hash() : hashed(expected);
      }
    }

    /**
     * Appends bytes.
     *
     * @throws BlobTooLargeException they are more than a blob may have; none was appended
     */
    public void append(ByteBuffer more) throws IOException {
      int length = more.remaining();
      if (length > store.limits().blob() - size) {
        throw new BlobTooLargeException(store.limits().blob());
      }
      store.claim(size, length);
      MessageDigest running = hash;
      if (running != null) {
        running.update(more.duplicate());
      }
      bytes.append(more);
      size = bytes.size();
      touched = clock.millis();
      flush.grown(size);
    }

    /**
     * Makes it a blob, durably, if it has that digest; the upload has ended then.
     *
     * @return keeps the blob; null where the digest is another, and the upload is deleted
     */
    public @Nullable Lease commit(Digest digest) throws IOException {
      expect(digest.algorithm());
      MessageDigest running = hash;
      if (running == null || !digest.algorithm().of(running).equals(digest)) {
        cancel();
        return null;
      }
      flush.await();
      ended = true;
      return store.commit(Upload.this, bytes, digest);
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
