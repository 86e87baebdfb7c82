package dev.longshore.server.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The key under which the keys of blobs are kept. Whoever loses it loses all sealed blobs. */
public final class MasterKey {
  /** Bytes of a key, this one's and those of blobs. */
  public static final int BYTES = 32;

  static final int NONCE = 12;
  static final int TAG = 16;

  /** Bytes of a blob's key as it stands in its file. */
  static final int WRAPPED = NONCE + BYTES + TAG;

  private static final byte[] PURPOSE = "blob key".getBytes(US_ASCII);
  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param key {@link #BYTES} random bytes
   */
  public MasterKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException("A master key has " + BYTES + " bytes.");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  /** A fresh key for a blob. */
  byte[] fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return bytes;
  }

  byte[] nonce() {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    return nonce;
  }

  byte[] wrap(byte[] blobKey) {
    byte[] nonce = nonce();
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
      cipher.updateAAD(PURPOSE);
      byte[] wrapped = Arrays.copyOf(nonce, WRAPPED);
      cipher.doFinal(blobKey, 0, blobKey.length, wrapped, NONCE);
      return wrapped;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
  }

  /**
   * The key of a blob.
   *
   * @throws IOException it was not wrapped under this key, or is damaged
   */
  byte[] unwrap(byte[] wrapped) throws IOException {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, wrapped, 0);
      cipher.updateAAD(PURPOSE);
      return cipher.doFinal(wrapped, NONCE, WRAPPED - NONCE);
    } catch (GeneralSecurityException e) {
      throw new IOException("A blob's key was not sealed under this server's master key.", e);
    }
  }

  /** AES-GCM with the nonce that stands at that place. */
  static Cipher cipher(int mode, SecretKeySpec key, byte[] from, int nonceAt)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, from, nonceAt, NONCE));
    return cipher;
  }
}
