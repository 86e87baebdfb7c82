package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A blob on its way to the store: appended to a file and hashed as it comes. It outlives requests
 * and the process; after a restart the hash is made anew from the file.
 */
final class DiskUpload implements Upload {
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

  DiskUpload(
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

  @Override
  public String id() {
    return id;
  }

  @Override
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

  @Override
  public @Nullable Writing write() throws IOException {
    if (!turn.tryAcquire()) {
      return null;
    }
    try {
      return new FileWriting(store.files().append(file, size));
    } catch (NoSuchFileException e) {
      // Another process of this directory, or a sweep, has deleted it since it was found.
      store.forget(this);
      return null;
    } catch (IOException e) {
      turn.release();
      throw e;
    }
  }

  private final class FileWriting implements Writing {
    private final BlobFile bytes;
    private final EarlyFlush flush;
    private boolean ended;

    private FileWriting(BlobFile bytes) throws IOException {
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

    @Override
    public void expect(Algorithm expected) throws IOException {
      if (expected != algorithm) {
        hash().settle();
        algorithm = expected;
        hash = hashed(expected);
      }
    }

    @Override
    public void append(List<ByteBuffer> more, Runnable done) throws IOException {
      Runnable used = Upload.afterBoth(done);
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

    @Override
    public @Nullable Lease commit(Digest digest) throws IOException {
      expect(digest.algorithm());
      if (!hash().digest().equals(digest)) {
        cancel();
        return null;
      }
      hash = null;
      flush.await();
      Lease lease = store.commit(DiskUpload.this, bytes, digest);
      ended = true;
      return lease;
    }

    @Override
    public void cancel() throws IOException {
      ended = true;
      store.forget(DiskUpload.this);
      Files.deleteIfExists(file);
    }

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
}
