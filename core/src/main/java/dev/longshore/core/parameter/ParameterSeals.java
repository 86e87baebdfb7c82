package dev.longshore.core.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.core.key.KeySeals;
import dev.longshore.core.key.UnusableKeyException;
import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.InvalidKeyId;

/** Seals values under the keys that their parameters name, and opens them. */
final class ParameterSeals {
  private final KeySeals keys;

  ParameterSeals(Vault vault) {
    this.keys = new KeySeals(vault);
  }

  /** The version with that value. */
  ParameterVersion sealed(View view, ParameterVersion bare, String value, Context context) {
    try {
      KeySeals.Sealed sealed =
          keys.seal(view, bare.keyId(), value.getBytes(UTF_8), bare.boundTo(), context);
      return bare.withSealed(sealed.value(), sealed.keyId());
    } catch (UnusableKeyException e) {
      throw new InvalidKeyId(e.text());
    }
  }

  String opened(View view, ParameterVersion version, Context context) {
    try {
      byte[] value =
          keys.open(view, version.sealed(), version.sealedUnder(), version.boundTo(), context);
      return new String(value, UTF_8);
    } catch (UnusableKeyException e) {
      throw new InvalidKeyId(e.text());
    }
  }
}
