package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file in which the blob's bytes are sealed, chunk by chunk, so that any part can be read alone.
 * It begins with a mark and the blob's own key, sealed under the master key. Then come the chunks:
 * nonce, bytes, tag. A chunk is bound to its place, so chunks cannot be moved; the last one may be
 * short, and is sealed anew, with another nonce, when it grows.
 */
final class SealedFile implements BlobFile {
  /** Bytes of the blob in one chunk. */
  static final int CHUNK = Seal.CHUNK;

  private static final int HEADER = Seal.HEADER;
  private static final int EXTRA = Seal.EXTRA;
  private static final int SEALED = Seal.SEALED;

  private final FileChannel file;
  private final Seal seal;
  private final byte[] sealed = new byte[SEALED];

  /** The chunk that was read or written last, opened; its number is -1 where there is none. */
  private final byte[] opened = new byte[CHUNK];

  private long number = -1;

  /** Whether the opened chunk has bytes that are not in the file. */
  private boolean dirty;

  private long size;

  private SealedFile(FileChannel file, Seal seal, long size) {
    this.file = file;
    this.seal = seal;
    this.size = size;
  }

  /** Begins an empty one. */
  static SealedFile create(FileChannel file, MasterKey master) throws IOException {
    Seal seal = Seal.fresh(master);
    write(file, ByteBuffer.wrap(seal.header()), 0);
    return new SealedFile(file, seal, 0);
  }

  /**
   * Opens one that was begun.
   *
   * @param size how many bytes of it count
   */
  static SealedFile open(FileChannel file, MasterKey master, long size) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    fill(file, header, 0);
    byte[] bytes = Arrays.copyOf(header.array(), header.position());
    return new SealedFile(file, Seal.opened(bytes, master), size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void append(List<ByteBuffer> bytes) throws IOException {
    for (ByteBuffer each : bytes) {
      append(each.duplicate());
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int within = (int) (size % CHUNK);
      long wanted = size / CHUNK;
      if (number != wanted) {
        flush();
        if (within > 0) {
          load(wanted);
        }
        number = wanted;
      }
      int count = Math.min(bytes.remaining(), CHUNK - within);
      bytes.get(opened, within, count);
      dirty = true;
      size += count;
      if (within + count == CHUNK) {
        flush();
      }
    }
  }

  /** Seals the opened chunk and writes it. */
  private void flush() throws IOException {
    if (!dirty) {
      return;
    }
    int count = (int) Math.min(CHUNK, size - number * CHUNK);
    seal.seal(number, opened, 0, count, sealed, 0);
    write(file, ByteBuffer.wrap(sealed, 0, count + EXTRA), HEADER + number * SEALED);
    dirty = false;
  }

  /** Opens a chunk of the file. */
  private void load(long wanted) throws IOException {
    number = -1;
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    fill(file, bytes, HEADER + wanted * SEALED);
    int count = bytes.position();
    seal.open(wanted, sealed, 0, count, opened);
    number = wanted;
  }

  @Override
  public void read(long from, ByteBuffer into) throws IOException {
    for (long at = from; into.hasRemaining() && at < size; ) {
      long wanted = at / CHUNK;
      if (number != wanted) {
        flush();
        load(wanted);
      }
      int within = (int) (at % CHUNK);
      int left = (int) Math.min(CHUNK - within, size - at);
      int count = Math.min(into.remaining(), left);
      into.put(opened, within, count);
      at += count;
    }
  }

  @Override
  public void force() throws IOException {
    flush();
    file.truncate(Seal.length(size));
    file.force(true);
  }

  @Override
  public FileChannel file() {
    return file;
  }

  @Override
  public @Nullable FileChannel channel() {
    return null;
  }

  @Override
  public void close() throws IOException {
    try {
      flush();
    } finally {
      Arrays.fill(opened, (byte) 0);
      file.close();
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes, long from) throws IOException {
    long at = from;
    while (bytes.hasRemaining()) {
      at += file.write(bytes, at);
    }
  }

  private static void fill(FileChannel file, ByteBuffer into, long from) throws IOException {
    long at = from;
    while (into.hasRemaining()) {
      int read = file.read(into, at);
      if (read < 0) {
        return;
      }
      at += read;
    }
  }
}
