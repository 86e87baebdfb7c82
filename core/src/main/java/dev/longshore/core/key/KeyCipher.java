package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.BrokenSealException;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.kms.DryRunOperationException;
import dev.longshore.shapes.kms.IncorrectKeyException;
import dev.longshore.shapes.kms.InvalidCiphertextException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts under keys. A ciphertext says whose it is: a form byte, the key's id, then the value,
 * sealed for that key and for the encryption context.
 */
final class KeyCipher {
  static final String ALGORITHM = "SYMMETRIC_DEFAULT";
  private static final byte FORM = 1;
  private static final int ID = 36;

  private final Vault vault;

  KeyCipher(Vault vault) {
    this.vault = vault;
  }

  /** What a ciphertext held, and under which key. */
  record Opened(EncryptionKey key, Blob plain) {}

  Blob encrypt(EncryptionKey key, byte[] plain, @Nullable Map<String, String> context) {
    byte[] sealed = vault(key).seal(plain, bound(key.id(), context)).toBytes();
    byte[] whole = new byte[1 + ID + sealed.length];
    whole[0] = FORM;
    System.arraycopy(key.id().getBytes(StandardCharsets.US_ASCII), 0, whole, 1, ID);
    System.arraycopy(sealed, 0, whole, 1 + ID, sealed.length);
    return Blob.of(whole);
  }

  /**
   * @param keyId the key that the caller insists on; null: whichever it was
   */
  Opened decrypt(
      View view,
      Blob ciphertext,
      @Nullable String keyId,
      @Nullable Map<String, String> encryptionContext,
      Context context) {
    byte[] whole = ciphertext.toBytes();
    String id = keyId(whole);
    if (id == null || view.find(EncryptionKey.KIND, id) == null) {
      throw InvalidCiphertextException.builder().build();
    }
    EncryptionKey key = Keys.usable(view, id, context);
    if (keyId != null && !Keys.existing(view, keyId, context).id().equals(id)) {
      throw new IncorrectKeyException(
          "The key ID in the request does not identify a CMK that can perform this operation.");
    }
    try {
      Blob sealed = Blob.of(Arrays.copyOfRange(whole, 1 + ID, whole.length));
      return new Opened(key, Blob.of(vault(key).open(sealed, bound(id, encryptionContext))));
    } catch (BrokenSealException e) {
      throw InvalidCiphertextException.builder().build();
    }
  }

  /** The key that a ciphertext says it is under; null where it is none of ours. */
  static @Nullable String keyId(byte[] ciphertext) {
    return ciphertext.length <= 1 + ID || ciphertext[0] != FORM
        ? null
        : new String(ciphertext, 1, ID, StandardCharsets.US_ASCII);
  }

  /** Seals under that key. */
  Vault vault(EncryptionKey key) {
    return vault.under(vault.open(key.material(), EncryptionKey.boundTo(key.id())));
  }

  /** The context in one form whatever the order of its pairs; lengths keep them apart. */
  private static String bound(String id, @Nullable Map<String, String> context) {
    StringBuilder text = new StringBuilder("ciphertext ").append(id);
    if (context != null) {
      new TreeMap<>(context)
          .forEach((name, value) ->
              text.append(' ')
                  .append(name.length())
                  .append(':')
                  .append(name)
                  .append(value.length())
                  .append(':')
                  .append(value));
    }
    return text.toString();
  }

  static void checkDryRun(@Nullable Boolean dryRun) {
    if (Boolean.TRUE.equals(dryRun)) {
      throw new DryRunOperationException(
          "The request would have succeeded, but the DryRun option is set.");
    }
  }

  static void checkAlgorithm(@Nullable String algorithm) {
    if (algorithm != null && !algorithm.equals(ALGORITHM)) {
      throw Keys.invalid("Keys here encrypt by SYMMETRIC_DEFAULT only, not by " + algorithm + '.');
    }
  }
}
