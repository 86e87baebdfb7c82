package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * How one blob is sealed: a header with a mark and the blob's own key, sealed under the master key;
 * then chunk after chunk of nonce, bytes and tag. A chunk is bound to its place, so chunks cannot
 * be moved; the last one may be short.
 */
final class Seal {
  /** Bytes of the blob in one chunk. */
  static final int CHUNK = 64 << 10;

  static final int HEADER = Integer.BYTES + MasterKey.WRAPPED;

  /** Bytes that sealing adds to a chunk. */
  static final int EXTRA = MasterKey.NONCE + MasterKey.TAG;

  /** Bytes of a full chunk, sealed. */
  static final int SEALED = CHUNK + EXTRA;

  private static final int MARK = 0x4c534231;

  private final MasterKey master;
  private final SecretKeySpec key;
  private final byte[] header;

  private Seal(MasterKey master, byte[] key, byte[] header) {
    this.master = master;
    this.key = new SecretKeySpec(key, "AES");
    this.header = header;
  }

  /** A seal for a new blob. */
  static Seal fresh(MasterKey master) {
    byte[] key = master.fresh();
    byte[] header = ByteBuffer.allocate(HEADER).putInt(MARK).put(master.wrap(key)).array();
    return new Seal(master, key, header);
  }

  /**
   * The seal of a blob that begins with that header.
   *
   * @throws IOException it is none, or not of this master key
   */
  static Seal opened(byte[] header, MasterKey master) throws IOException {
    if (header.length != HEADER || ByteBuffer.wrap(header).getInt() != MARK) {
      throw new IOException("A sealed blob does not begin as it must.");
    }
    byte[] wrapped = Arrays.copyOfRange(header, Integer.BYTES, HEADER);
    return new Seal(master, master.unwrap(wrapped), header);
  }

  byte[] header() {
    return header.clone();
  }

  /** The length of what so many bytes become, the header included. */
  static long length(long size) {
    long rest = size % CHUNK;
    return HEADER + size / CHUNK * SEALED + (rest == 0 ? 0 : rest + EXTRA);
  }

  /** How many bytes of a blob something sealed of that length has. */
  static long size(long sealedLength) {
    long body = Math.max(0, sealedLength - HEADER);
    return body / SEALED * CHUNK + Math.max(0, body % SEALED - EXTRA);
  }

  /**
   * Seals a chunk.
   *
   * @return how many bytes it became
   */
  int seal(long number, byte[] plain, int from, int count, byte[] into, int at) {
    byte[] nonce = master.nonce();
    System.arraycopy(nonce, 0, into, at, MasterKey.NONCE);
    try {
      Cipher cipher = MasterKey.cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
      cipher.updateAAD(place(number));
      cipher.doFinal(plain, from, count, into, at + MasterKey.NONCE);
      return count + EXTRA;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
  }

  /**
   * Opens a chunk.
   *
   * @return how many bytes it has
   * @throws IOException it was changed, moved or cut
   */
  int open(long number, byte[] sealed, int from, int count, byte[] into) throws IOException {
    if (count < EXTRA) {
      throw new IOException("A sealed blob is shorter than it was.");
    }
    try {
      Cipher cipher = MasterKey.cipher(Cipher.DECRYPT_MODE, key, sealed, from);
      cipher.updateAAD(place(number));
      return cipher.doFinal(sealed, from + MasterKey.NONCE, count - MasterKey.NONCE, into, 0);
    } catch (GeneralSecurityException e) {
      throw new IOException("A sealed blob was changed or is damaged.", e);
    }
  }

  private static byte[] place(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
