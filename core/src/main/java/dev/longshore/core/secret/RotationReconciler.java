package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Begins rotations when their schedules say so. */
final class RotationReconciler implements Reconciler {
  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    Secret after = change.after(Secret.KIND);
    if (after != null && after.rotation() != null) {
      keys.accept(after.name());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (Secret secret : view.all(Secret.KIND)) {
      if (secret.rotation() != null) {
        keys.accept(secret.name());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    Secret secret = draft.find(Secret.KIND, key);
    SecretRotation rotation = secret == null ? null : secret.rotation();
    if (secret == null
        || rotation == null
        || secret.deletedAt() != null
        || !rotation.enabled()
        || rotation.run() != null) {
      return null;
    }
    Instant due = rotation.nextAt();
    if (due == null || context.now().isBefore(due)) {
      return due;
    }
    SecretVersion unfinished = Rotations.unfinished(draft, secret);
    String version = unfinished == null ? context.ids().uuid() : unfinished.id();
    Rotations.begin(draft, secret, rotation, version, context);
    return null;
  }
}
