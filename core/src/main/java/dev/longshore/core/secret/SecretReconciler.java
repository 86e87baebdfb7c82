package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Deletes secrets whose recovery window is over. */
final class SecretReconciler implements Reconciler {
  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    Secret after = change.after(Secret.KIND);
    if (after != null && after.deletionDue() != null) {
      keys.accept(after.name());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (Secret secret : view.all(Secret.KIND)) {
      if (secret.deletionDue() != null) {
        keys.accept(secret.name());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    Secret secret = draft.find(Secret.KIND, key);
    Instant due = secret == null ? null : secret.deletionDue();
    if (secret == null || due == null) {
      return null;
    }
    if (context.now().isBefore(due)) {
      return due;
    }
    Secrets.remove(draft, secret);
    return null;
  }
}
