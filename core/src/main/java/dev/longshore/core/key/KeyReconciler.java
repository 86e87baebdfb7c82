package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes keys whose window is over, with their aliases; and makes the keys that services have for
 * themselves once they have something to encrypt.
 */
final class KeyReconciler implements Reconciler {
  private static final String OF_SECRETS = "alias/aws/secretsmanager";
  private static final String OF_PARAMETERS = "alias/aws/ssm";

  private final Vault vault;

  KeyReconciler(Vault vault) {
    this.vault = vault;
  }

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    EncryptionKey key = change.after(EncryptionKey.KIND);
    if (key != null && key.deletionDue() != null) {
      keys.accept(key.id());
    }
    if (change.after(Secret.KIND) != null) {
      keys.accept(OF_SECRETS);
    }
    ParameterVersion parameter = change.after(ParameterVersion.KIND);
    if (parameter != null && parameter.isSecure()) {
      keys.accept(OF_PARAMETERS);
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (EncryptionKey key : view.all(EncryptionKey.KIND)) {
      if (key.deletionDue() != null) {
        keys.accept(key.id());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    if (key.startsWith(Keys.ALIAS)) {
      make(draft, key, context);
      return null;
    }
    EncryptionKey row = draft.find(EncryptionKey.KIND, key);
    Instant due = row == null ? null : row.deletionDue();
    if (due == null || context.now().isBefore(due)) {
      return due;
    }
    List<KeyAlias> aliases = new ArrayList<>();
    draft.by(KeyAlias.BY_KEY, key).forEach(aliases::add);
    aliases.forEach(alias -> draft.remove(KeyAlias.KIND, alias.name()));
    List<KeyGrant> grants = new ArrayList<>();
    draft.by(KeyGrant.BY_KEY, key).forEach(grants::add);
    grants.forEach(grant -> draft.remove(KeyGrant.KIND, grant.id()));
    draft.remove(EncryptionKey.KIND, key);
    return null;
  }

  private void make(Draft draft, String alias, Context context) {
    if (draft.find(KeyAlias.KIND, alias) != null) {
      return;
    }
    String purpose =
        alias.equals(OF_SECRETS)
            ? "Default key that protects my Secrets Manager data when no other key is defined"
            : "Default key that protects my SSM parameters when no other key is defined";
    EncryptionKey key =
        Keys.created(
            context.ids().uuid(), vault, true, purpose, null, Collections.emptyMap(), context);
    draft.put(EncryptionKey.KIND, key);
    draft.put(KeyAlias.KIND, new KeyAlias(alias, key.id(), context.now(), context.now()));
  }
}
