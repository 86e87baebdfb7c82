package dev.longshore.bench.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/**
 * Bytes that no compression shortens and that no other blob has: a number, then the same noise
 * again and again.
 *
 * @param repeats how many times the noise follows
 */
record Blob(String start, int repeats, String digest) {
  static final int NOISE = 16 << 20;

  private static final byte[] BYTES = new byte[NOISE];

  static {
    new Random(1).nextBytes(BYTES);
  }

  /** A blob of about that many MiB, a multiple of 16. */
  static Blob of(long number, int mebibytes) {
    String start = String.format("%016d", number);
    int repeats = mebibytes / (NOISE >> 20);
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      hash.update(start.getBytes(ISO_8859_1));
      for (int i = 0; i < repeats; i++) {
        hash.update(BYTES);
      }
      return new Blob(start, repeats, "sha256:" + HexFormat.of().formatHex(hash.digest()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** The noise, outside the heap, so that sending it copies it once. */
  static ByteBuffer noise() {
    return ByteBuffer.allocateDirect(NOISE).put(BYTES).flip();
  }

  long length() {
    return start.length() + (long) repeats * NOISE;
  }
}
