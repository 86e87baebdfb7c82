package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A file in which the blob's bytes are sealed, chunk by chunk, so that any part can be read alone.
 * It begins with a mark and the blob's own key, sealed under the master key. Then come the chunks:
 * nonce, bytes, tag. A chunk is bound to its place, so chunks cannot be moved; the last one may be
 * short, and is sealed anew, with another nonce, when it grows.
 */
final class SealedFile implements BlobFile {
  /** Bytes of the blob in one chunk. */
  static final int CHUNK = 64 << 10;

  private static final int MARK = 0x4c534231;
  private static final int HEADER = Integer.BYTES + MasterKey.WRAPPED;
  private static final int EXTRA = MasterKey.NONCE + MasterKey.TAG;
  private static final int SEALED = CHUNK + EXTRA;

  private final FileChannel file;
  private final MasterKey master;
  private final SecretKeySpec key;
  private final byte[] sealed = new byte[SEALED];

  /** The chunk that was read or written last, opened; its number is -1 where there is none. */
  private final byte[] opened = new byte[CHUNK];

  private long number = -1;

  /** Whether the opened chunk has bytes that are not in the file. */
  private boolean dirty;

  private long size;

  private SealedFile(FileChannel file, MasterKey master, byte[] key, long size) {
    this.file = file;
    this.master = master;
    this.key = new SecretKeySpec(key, "AES");
    this.size = size;
  }

  /** Begins an empty one. */
  static SealedFile create(FileChannel file, MasterKey master) throws IOException {
    byte[] key = master.fresh();
    ByteBuffer header = ByteBuffer.allocate(HEADER).putInt(MARK).put(master.wrap(key)).flip();
    write(file, header, 0);
    return new SealedFile(file, master, key, 0);
  }

  /**
   * Opens one that was begun.
   *
   * @param size how many bytes of it count
   */
  static SealedFile open(FileChannel file, MasterKey master, long size) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER);
    fill(file, header, 0);
    if (header.hasRemaining() || header.flip().getInt() != MARK) {
      throw new IOException("A sealed blob does not begin as it must.");
    }
    byte[] wrapped = new byte[MasterKey.WRAPPED];
    header.get(wrapped);
    return new SealedFile(file, master, master.unwrap(wrapped), size);
  }

  /** How many bytes of a blob a file of that length has. */
  static long size(long fileLength) {
    long body = Math.max(0, fileLength - HEADER);
    return body / SEALED * CHUNK + Math.max(0, body % SEALED - EXTRA);
  }

  private static long length(long size) {
    long rest = size % CHUNK;
    return HEADER + size / CHUNK * SEALED + (rest == 0 ? 0 : rest + EXTRA);
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
    byte[] nonce = master.nonce();
    System.arraycopy(nonce, 0, sealed, 0, MasterKey.NONCE);
    try {
      Cipher cipher = MasterKey.cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
      cipher.updateAAD(place(number));
      cipher.doFinal(opened, 0, count, sealed, MasterKey.NONCE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
    write(file, ByteBuffer.wrap(sealed, 0, count + EXTRA), HEADER + number * SEALED);
    dirty = false;
  }

  /** Opens a chunk of the file. */
  private void load(long wanted) throws IOException {
    number = -1;
    ByteBuffer bytes = ByteBuffer.wrap(sealed);
    fill(file, bytes, HEADER + wanted * SEALED);
    int count = bytes.position();
    try {
      if (count < EXTRA) {
        throw new IOException("A sealed blob is shorter than it was.");
      }
      Cipher cipher = MasterKey.cipher(Cipher.DECRYPT_MODE, key, sealed, 0);
      cipher.updateAAD(place(wanted));
      cipher.doFinal(sealed, MasterKey.NONCE, count - MasterKey.NONCE, opened, 0);
    } catch (GeneralSecurityException e) {
      throw new IOException("A sealed blob was changed or is damaged.", e);
    }
    number = wanted;
  }

  private static byte[] place(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
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
    file.truncate(length(size));
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
