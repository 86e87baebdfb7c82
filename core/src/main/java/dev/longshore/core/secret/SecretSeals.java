package dev.longshore.core.secret;

import dev.longshore.core.key.KeySeals;
import dev.longshore.core.key.UnusableKeyException;
import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.DecryptionFailure;
import dev.longshore.shapes.secretsmanager.EncryptionFailure;

/** Seals values under the keys of their secrets, and opens them. */
final class SecretSeals {
  private final KeySeals keys;

  SecretSeals(Vault vault) {
    this.keys = new KeySeals(vault);
  }

  /** The version with that value. */
  SecretVersion sealed(
      View view, Secret secret, SecretVersion bare, SecretValue value, Context context) {
    try {
      KeySeals.Sealed sealed =
          keys.seal(view, secret.kmsKeyId(), value.bytes(), bare.boundTo(), context);
      return bare.withSealed(sealed.value(), value.binary(), sealed.keyId());
    } catch (UnusableKeyException e) {
      throw new EncryptionFailure("Secrets Manager can't encrypt the secret value: " + e.text());
    }
  }

  /** Whether the version has that value. */
  boolean holds(View view, SecretVersion version, SecretValue value, Context context) {
    return !version.isEmpty() && opened(view, version, context).same(value);
  }

  SecretValue opened(View view, SecretVersion version, Context context) {
    try {
      return SecretValue.of(
          version.binary(),
          keys.open(view, version.sealed(), version.keyId(), version.boundTo(), context));
    } catch (UnusableKeyException e) {
      throw new DecryptionFailure("Secrets Manager can't decrypt the secret value: " + e.text());
    }
  }
}
