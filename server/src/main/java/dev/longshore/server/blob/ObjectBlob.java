package dev.longshore.server.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * A blob that stands in an object, read as a stream from wherever a reader begins; a jump begins
 * another stream. Used by one thread at a time.
 */
final class ObjectBlob implements StoredBlob {
  private static final int PIECE = 64 << 10;

  private final Bucket bucket;
  private final String key;
  private final long length;
  private final @Nullable Seal seal;
  private final byte[] piece = new byte[Seal.SEALED];
  private final byte[] opened;

  /** The chunk that was opened last; only where it is sealed. */
  private long number = -1;

  private Bucket.@Nullable Bytes bytes;

  /** Where in the object the stream stands. */
  private long at;

  private ObjectBlob(Bucket bucket, String key, long length, @Nullable Seal seal) {
    this.bucket = bucket;
    this.key = key;
    this.length = length;
    this.seal = seal;
    this.opened = seal == null ? piece : new byte[Seal.CHUNK];
  }

  /**
   * The blob of an object that holds it as it is, or sealed where there is a key; null where it is
   * no longer there.
   */
  static @Nullable ObjectBlob open(Bucket bucket, Bucket.Entry entry, @Nullable MasterKey key)
      throws IOException {
    if (key == null) {
      return new ObjectBlob(bucket, entry.key(), entry.size(), null);
    }
    byte[] header = new byte[Seal.HEADER];
    Bucket.Bytes start = bucket.get(entry.key(), 0);
    if (start == null) {
      // It was collected since it was found.
      return null;
    }
    try {
      if (start.stream().readNBytes(header, 0, header.length) < header.length) {
        throw new IOException("A sealed blob does not begin as it must.");
      }
      ObjectBlob blob =
          new ObjectBlob(bucket, entry.key(), Seal.size(entry.size()), Seal.opened(header, key));
      blob.bytes = start;
      blob.at = Seal.HEADER;
      return blob;
    } catch (IOException | RuntimeException e) {
      start.cut().run();
      throw e;
    }
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void read(long from, ByteBuffer into) throws IOException {
    long next = from;
    while (into.hasRemaining() && next < length) {
      int count = (int) Math.min(into.remaining(), length - next);
      if (seal == null) {
        count = Math.min(count, PIECE);
        fill(next, count);
        into.put(piece, 0, count);
      } else {
        load(seal, next / Seal.CHUNK);
        int within = (int) (next % Seal.CHUNK);
        count = Math.min(count, Seal.CHUNK - within);
        into.put(opened, within, count);
      }
      next += count;
    }
  }

  private void load(Seal by, long wanted) throws IOException {
    if (number == wanted) {
      return;
    }
    number = -1;
    int plain = (int) Math.min(Seal.CHUNK, length - wanted * Seal.CHUNK);
    fill(Seal.HEADER + wanted * Seal.SEALED, plain + Seal.EXTRA);
    by.open(wanted, piece, 0, plain + Seal.EXTRA, opened);
    number = wanted;
  }

  /** Takes so many bytes of the object from there. */
  private void fill(long from, int count) throws IOException {
    if (bytes == null || at != from) {
      close();
      bytes = bucket.get(key, from);
      at = from;
    }
    if (bytes == null) {
      throw new IOException(key + " is no longer there.");
    }
    try {
      if (bytes.stream().readNBytes(piece, 0, count) < count) {
        throw new EOFException(key + " is shorter than it was.");
      }
      at += count;
    } catch (IOException e) {
      // Where the stream stands is not known any more.
      close();
      throw e;
    }
  }

  @Override
  public @Nullable FileChannel file() {
    return null;
  }

  @Override
  public void close() {
    if (bytes != null) {
      bytes.cut().run();
      bytes = null;
    }
  }
}
