package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
      return new Writing(FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE));
    } catch (IOException e) {
      turn.release();
      throw e;
    }
  }

  /** One writer's turn at an upload. */
  public final class Writing implements AutoCloseable {
    private final FileChannel channel;
    private final EarlyFlush flush;
    private boolean ended;

    private Writing(FileChannel channel) throws IOException {
      this.channel = channel;
      this.flush = new EarlyFlush(channel, size);
      if (hash == null) {
        hash = hashed(algorithm);
      }
    }

    private MessageDigest hashed(Algorithm by) throws IOException {
      MessageDigest fresh = by.hash();
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (long at = 0; at < size; ) {
        buffer.clear().limit((int) Math.min(BUFFER, size - at));
        int read = channel.read(buffer, at);
        if (read < 0) {
          throw new IOException(file + " is shorter than it was.");
        }
        fresh.update(buffer.array(), 0, read);
        at += read;
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
    public void append(ByteBuffer bytes) throws IOException {
      int length = bytes.remaining();
      if (length > store.limits().blob() - size) {
        throw new BlobTooLargeException(store.limits().blob());
      }
      store.claim(size, length);
      MessageDigest running = hash;
      if (running != null) {
        running.update(bytes.duplicate());
      }
      long at = size;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
      size = at;
      touched = clock.millis();
      flush.grown(at);
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
      return store.commit(Upload.this, channel, digest);
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
        channel.close();
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
