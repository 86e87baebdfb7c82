package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * Seals what other services keep, under the keys that their users name. A value under a user's key
 * can be opened only while that key can be used, and never again once it is gone. Values under no
 * key, or under one that a service has for itself, are the vault's alone.
 */
public final class KeySeals {
  private final Vault vault;
  private final KeyCipher cipher;

  public KeySeals(Vault vault) {
    this.vault = vault;
    this.cipher = new KeyCipher(vault);
  }

  /**
   * A sealed value.
   *
   * @param keyId the user's key that it is under, to be handed in again to open it; null: none
   */
  public record Sealed(Blob value, @Nullable String keyId) {}

  /**
   * Seals bytes.
   *
   * @param keyName the key as its user calls it: id, alias or ARN; null or empty: the service's own
   * @param boundTo as {@link Vault#seal} takes it
   * @throws UnusableKeyException that key is unknown, disabled, or waits for its deletion
   */
  public Sealed seal(
      View view, @Nullable String keyName, byte[] plain, String boundTo, Context context) {
    if (keyName == null || isServices(view, keyName)) {
      return new Sealed(vault.seal(plain, boundTo), null);
    }
    EncryptionKey key = usable(view, keyName, context);
    return new Sealed(cipher.vault(key).seal(plain, boundTo), key.id());
  }

  /**
   * What was sealed.
   *
   * @throws UnusableKeyException its key is gone, disabled, or waits for its deletion
   */
  public byte[] open(
      View view, Blob sealed, @Nullable String keyId, String boundTo, Context context) {
    Vault under = keyId == null ? vault : cipher.vault(usable(view, keyId, context));
    return under.open(sealed, boundTo);
  }

  private static EncryptionKey usable(View view, String name, Context context) {
    try {
      return Keys.usable(view, name, context);
    } catch (ServiceException refused) {
      throw new UnusableKeyException(refused.code(), String.valueOf(refused.getMessage()), context);
    }
  }

  /** Whether this is a key that a service has for itself, which may not have been made yet. */
  static boolean isServices(View view, String name) {
    EncryptionKey key = Keys.find(view, name);
    return name.isEmpty() || (key == null ? Keys.isReserved(name) : key.managed());
  }
}
