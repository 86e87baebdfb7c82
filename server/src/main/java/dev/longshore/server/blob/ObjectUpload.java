package dev.longshore.server.blob;

import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * An upload that stands in an object store as numbered pieces, all but the last of one size. What a
 * piece was when it was hashed is remembered by its ETag: the store is asked to put together these
 * and no others, so a second server that writes to the same upload can spoil it, but no blob.
 */
final class ObjectUpload implements Upload {
  private static final Executor THREADS = task -> Thread.ofVirtual().name("piece").start(task);

  /** Bytes that an upload may have in memory without asking. */
  private static final int SMALL = 1 << 20;

  private static final int FIRST = 64 << 10;
  private static final int PATIENCE_SECONDS = 30;
  private static final byte[] NOTHING = {};

  private final String id;
  private final String folder;
  private final ObjectBlobStore store;
  private final @Nullable Seal seal;
  private final Semaphore turn = new Semaphore(1);
  private Algorithm algorithm;
  private @Nullable Hashing hash;
  private List<Piece> pieces = new ArrayList<>();
  private volatile long size;

  /**
   * What stands in the store.
   *
   * @param plain how many bytes of the blob it has
   */
  private record Piece(String etag, int plain) {}

  /**
   * @param seal seals it; null where it stands there as it is
   */
  ObjectUpload(
      String id, String folder, ObjectBlobStore store, Algorithm algorithm, @Nullable Seal seal) {
    this.id = id;
    this.folder = folder;
    this.store = store;
    this.algorithm = algorithm;
    this.seal = seal;
    this.hash = new Hashing(algorithm);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long size() {
    return size;
  }

  /** Whether nobody of this process writes to it, now and for good. */
  boolean retire() {
    return turn.tryAcquire();
  }

  private String key(int number) {
    return folder + String.format("%06d", number);
  }

  /**
   * Looks what the store has of it, for another server may have gone on.
   *
   * @return false where it has ended
   */
  boolean refresh() throws IOException {
    if (!turn.tryAcquire()) {
      return true;
    }
    try {
      return read();
    } finally {
      turn.release();
    }
  }

  private boolean read() throws IOException {
    List<Bucket.Entry> entries = store.pieces(folder);
    if (entries == null) {
      store.forget(folder);
      return false;
    }
    List<Piece> there = new ArrayList<>();
    long all = 0;
    for (Bucket.Entry entry : entries) {
      boolean follows = entry.key().equals(key(there.size()));
      if (!follows || all != (long) there.size() * store.piece()) {
        break;
      }
      long header = seal != null && !there.isEmpty() ? Seal.HEADER : 0;
      long plain = seal == null ? entry.size() : Seal.size(entry.size() + header);
      there.add(new Piece(entry.etag(), (int) plain));
      all += plain;
    }
    if (!there.equals(pieces)) {
      pieces = there;
      hash = null;
    }
    size = all;
    return true;
  }

  @Override
  public @Nullable Writing write() throws IOException {
    if (!turn.tryAcquire()) {
      return null;
    }
    ObjectWriting writing = null;
    try {
      writing = read() ? new ObjectWriting() : null;
      return writing;
    } finally {
      if (writing == null) {
        turn.release();
      }
    }
  }

  /**
   * What so many bytes are in the store: the first piece of a sealed blob begins with its header.
   */
  static byte[] whole(@Nullable Seal seal, long firstChunk, byte[] plain, int length) {
    if (seal == null) {
      return length == plain.length ? plain : Arrays.copyOf(plain, length);
    }
    int header = firstChunk == 0 ? Seal.HEADER : 0;
    byte[] sealed = new byte[(int) Seal.length(length) - Seal.HEADER + header];
    System.arraycopy(seal.header(), 0, sealed, 0, header);
    int at = header;
    long number = firstChunk;
    for (int from = 0; from < length; from += Seal.CHUNK) {
      at += seal.seal(number++, plain, from, Math.min(Seal.CHUNK, length - from), sealed, at);
    }
    return sealed;
  }

  /** A piece that was stored under its number. */
  private record Sent(int number, Piece piece) {}

  private final class ObjectWriting implements Writing {
    private byte[] buffer = NOTHING;
    private int filled;

    /** The number of the piece that the buffer is. */
    private int number;

    private boolean large;
    private boolean dirty;
    private boolean ended;
    private @Nullable CompletableFuture<Sent> sending;

    private ObjectWriting() throws IOException {
      number = pieces.size();
      if (!pieces.isEmpty() && pieces.getLast().plain() < store.piece()) {
        number--;
        Piece last = pieces.getLast();
        reserve(last.plain());
        load(number, last, buffer);
        filled = last.plain();
      }
      hash();
    }

    /** Reads a piece back. */
    private void load(int wanted, Piece piece, byte[] into) throws IOException {
      Bucket.Bytes bytes = store.bucket().get(key(wanted), 0);
      if (bytes == null || !bytes.etag().equals(piece.etag())) {
        throw new IOException("The upload " + id + " was changed meanwhile.");
      }
      byte[] all = bytes.stream().readAllBytes();
      if (seal == null) {
        System.arraycopy(all, 0, into, 0, piece.plain());
        return;
      }
      int at = wanted == 0 ? Seal.HEADER : 0;
      long chunk = (long) wanted * (store.piece() / Seal.CHUNK);
      byte[] opened = new byte[Seal.CHUNK];
      for (int to = 0; to < piece.plain(); to += Seal.CHUNK) {
        int count = Math.min(Seal.CHUNK, piece.plain() - to);
        seal.open(chunk++, all, at, count + Seal.EXTRA, opened);
        System.arraycopy(opened, 0, into, to, count);
        at += count + Seal.EXTRA;
      }
    }

    private Hashing hash() throws IOException {
      if (hash == null) {
        hash = hashed(algorithm);
      }
      return hash;
    }

    /** A hash of all that came so far. */
    private Hashing hashed(Algorithm by) throws IOException {
      Hashing fresh = new Hashing(by);
      byte[] bytes = number == 0 ? NOTHING : new byte[store.piece()];
      for (int each = 0; each < number; each++) {
        load(each, pieces.get(each), bytes);
        fresh.add(List.of(ByteBuffer.wrap(bytes)), 0, () -> {});
      }
      fresh.add(List.of(ByteBuffer.wrap(buffer, 0, filled)), 0, () -> {});
      return fresh;
    }

    @Override
    public void expect(Algorithm expected) throws IOException {
      if (expected != algorithm) {
        sent();
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
        for (ByteBuffer each : more) {
          take(each.duplicate());
        }
      } catch (IOException e) {
        // What is hashed and what counts may differ now.
        if (hash != null) {
          hash.settle();
          hash = null;
        }
        throw e;
      } finally {
        used.run();
      }
    }

    private void startHash(List<ByteBuffer> more, Runnable used) throws IOException {
      long length = more.stream().mapToLong(ByteBuffer::remaining).sum();
      Hashing running;
      try {
        if (length > store.limits().blob() - size) {
          throw new BlobTooLargeException(store.limits().blob());
        }
        running = hash();
      } catch (IOException e) {
        used.run();
        throw e;
      }
      running.add(more, length, used);
    }

    private void take(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) {
        int count = Math.min(bytes.remaining(), store.piece() - filled);
        reserve(filled + count);
        bytes.get(buffer, filled, count);
        filled += count;
        size = (long) number * store.piece() + filled;
        dirty = true;
        if (filled == store.piece()) {
          send();
          buffer = NOTHING;
          filled = 0;
          number++;
        }
      }
    }

    /** Sees to it that the buffer has room. */
    private void reserve(int wanted) throws IOException {
      if (wanted <= buffer.length) {
        return;
      }
      if (wanted > SMALL && !large) {
        large = taken(store.large());
      }
      int room = Math.max(FIRST, Math.max(wanted, 2 * buffer.length));
      buffer = Arrays.copyOf(buffer, Math.min(store.piece(), room));
    }

    private static boolean taken(Semaphore permits) throws IOException {
      try {
        if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new BlobStore.TooManyUploadsException(ObjectBlobStore.LARGE);
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw (InterruptedIOException)
            new InterruptedIOException("Interrupted while memory was waited for.").initCause(e);
      }
    }

    /** Has the buffer sent on another thread, once the piece before it is stored. */
    private void send() throws IOException {
      sent();
      byte[] plain = buffer;
      int length = filled;
      int piece = number;
      sending = CompletableFuture.supplyAsync(() -> stored(piece, plain, length), THREADS);
      dirty = false;
    }

    private Sent stored(int piece, byte[] plain, int length) {
      try {
        byte[] bytes = whole(seal, (long) piece * (store.piece() / Seal.CHUNK), plain, length);
        String etag = store.bucket().put(key(piece), bytes, bytes.length);
        return new Sent(piece, new Piece(etag, length));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits until what was sent is stored. */
    private void sent() throws IOException {
      CompletableFuture<Sent> last = sending;
      sending = null;
      if (last == null) {
        return;
      }
      try {
        Sent done = last.join();
        pieces = new ArrayList<>(pieces.subList(0, Math.min(pieces.size(), done.number())));
        pieces.add(done.piece());
      } catch (CompletionException e) {
        if (e.getCause() instanceof UncheckedIOException fault && fault.getCause() != null) {
          throw new IOException("A piece of an upload was not stored.", fault.getCause());
        }
        throw e;
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
      sent();
      Lease lease = store.lease(digest);
      try {
        if (store.find(digest) == null) {
          place(ObjectBlobStore.key(digest, seal != null));
        }
        ended = true;
        store.drop(folder);
        return lease;
      } catch (IOException | RuntimeException e) {
        lease.close();
        throw e;
      }
    }

    /** Makes it an object of that key, at once and whole. */
    private void place(String key) throws IOException {
      byte[] last = whole(seal, (long) number * (store.piece() / Seal.CHUNK), buffer, filled);
      if (number == 0) {
        store.bucket().put(key, last, last.length);
        return;
      }
      String parts = store.bucket().beginParts(key);
      try {
        List<String> etags = new ArrayList<>();
        for (int each = 0; each < number; each++) {
          String etag = pieces.get(each).etag();
          etags.add(store.bucket().copyPart(key, parts, each + 1, key(each), etag));
        }
        if (filled > 0) {
          etags.add(store.bucket().part(key, parts, number + 1, last, last.length));
        }
        store.bucket().complete(key, parts, etags);
      } catch (IOException e) {
        abort(key, parts, e);
        throw e;
      }
    }

    /** What cannot be given up now, a sweep gives up later. */
    private void abort(String key, String parts, IOException cause) {
      try {
        store.bucket().abort(key, parts);
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }

    @Override
    public void cancel() throws IOException {
      ended = true;
      store.drop(folder);
    }

    @Override
    public void close() throws IOException {
      try {
        if (hash != null) {
          hash.settle();
        }
        if (!ended && dirty) {
          send();
        }
        sent();
      } finally {
        if (large) {
          store.large().release();
        }
        if (!ended) {
          turn.release();
        }
      }
    }
  }
}
