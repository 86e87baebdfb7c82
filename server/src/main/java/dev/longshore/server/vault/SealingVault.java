package dev.longshore.server.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.operation.BrokenSealException;
import dev.longshore.core.operation.Vault;
import dev.longshore.shapes.Blob;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals with AES-256-GCM. Each value has a key of its own, which is sealed under the keyring's
 * first key; the id of that one stands in front, so keys can be replaced. Form, key id and place
 * are authenticated with both.
 *
 * <p>An envelope: form (1 byte), key id (4), nonce (12), the value's key with its tag (48), nonce
 * (12), the value with its tag.
 */
public final class SealingVault implements Vault {
  private static final byte FORM = 1;
  private static final int NONCE = 12;
  private static final int TAG = 16;
  private static final int HEAD = 1 + Integer.BYTES;
  private static final int WRAPPED = NONCE + KEY_BYTES + TAG;

  /** Bytes that an envelope has more than what is in it. */
  static final int SPARE = HEAD + WRAPPED + NONCE + TAG;

  private final Keyring keys;
  private final RandomGenerator random;

  /**
   * @param random unpredictable, and safe for use by several threads, wherever secrets are real
   */
  public SealingVault(Keyring keys, RandomGenerator random) {
    this.keys = keys;
    this.random = random;
  }

  @Override
  public Blob seal(byte[] plain, String boundTo) {
    Keyring.Key master = keys.sealing();
    byte[] head = ByteBuffer.allocate(HEAD).put(FORM).putInt(master.id()).array();
    byte[] own = random(KEY_BYTES);
    ByteBuffer out = ByteBuffer.allocate(SPARE + plain.length).put(head);
    put(out, master.key(), own, head, "key of " + boundTo);
    put(out, new SecretKeySpec(own, "AES"), plain, head, boundTo);
    return Blob.of(out.array());
  }

  private void put(ByteBuffer out, SecretKeySpec key, byte[] plain, byte[] head, String boundTo) {
    byte[] nonce = random(NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, head, boundTo);
      out.put(nonce).put(cipher.doFinal(plain));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java has AES-GCM.", e);
    }
  }

  @Override
  public byte[] open(Blob sealed, String boundTo) {
    ByteBuffer in = sealed.asByteBuffer();
    if (in.remaining() < SPARE || in.get(0) != FORM) {
      throw new BrokenSealException("This is not a sealed value.");
    }
    byte[] head = taken(in, HEAD);
    Keyring.Key master = keys.named(ByteBuffer.wrap(head).getInt(1));
    if (master == null) {
      throw new BrokenSealException(
          "A value is sealed under the key "
              + HexFormat.of().formatHex(head, 1, HEAD)
              + ", which this vault does not have.");
    }
    byte[] own = opened(master.key(), taken(in, WRAPPED), head, "key of " + boundTo);
    return opened(new SecretKeySpec(own, "AES"), taken(in, in.remaining()), head, boundTo);
  }

  private static byte[] opened(SecretKeySpec key, byte[] sealed, byte[] head, String boundTo) {
    try {
      return cipher(Cipher.DECRYPT_MODE, key, sealed, head, boundTo)
          .doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (GeneralSecurityException e) {
      throw new BrokenSealException("A value was not sealed here, or not for this place.", e);
    }
  }

  /** A cipher with the nonce that these bytes begin with. */
  private static Cipher cipher(
      int mode, SecretKeySpec key, byte[] nonce, byte[] head, String boundTo)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce, 0, NONCE));
    cipher.updateAAD(head);
    cipher.updateAAD(boundTo.getBytes(UTF_8));
    return cipher;
  }

  private static byte[] taken(ByteBuffer in, int count) {
    byte[] bytes = new byte[count];
    in.get(bytes);
    return bytes;
  }

  @Override
  public byte[] random(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  @Override
  public Vault under(byte[] key) {
    return new SealingVault(Keyring.of(key), random);
  }

  @Override
  public String toString() {
    return "SealingVault[" + keys + ']';
  }
}
