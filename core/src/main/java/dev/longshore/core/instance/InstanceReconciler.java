package dev.longshore.core.instance;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Forgets deregistered instances after an hour, for which they can still be described. */
final class InstanceReconciler implements Reconciler {
  private static final Duration KEPT = Duration.ofHours(1);

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    ContainerInstance after = change.after(ContainerInstance.KIND);
    if (after != null && after.isInactive()) {
      keys.accept(after.arn());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (ContainerInstance instance : view.all(ContainerInstance.KIND)) {
      if (instance.isInactive()) {
        keys.accept(instance.arn());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    ContainerInstance instance = draft.find(ContainerInstance.KIND, key);
    if (instance == null || instance.deregisteredAt() == null) {
      return null;
    }
    Instant end = instance.deregisteredAt().plus(KEPT);
    if (context.now().isBefore(end)) {
      return end;
    }
    draft.remove(ContainerInstance.KIND, key);
    return null;
  }
}
