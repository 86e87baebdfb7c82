package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lets draining targets go once their time is over. Its keys are the targets' keys. */
final class DrainReconciler implements Reconciler {
  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    Target target = change.after(Target.KIND);
    if (target != null && target.isDraining()) {
      keys.accept(target.key());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (Target target : view.all(Target.KIND)) {
      if (target.isDraining()) {
        keys.accept(target.key());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    Target target = draft.find(Target.KIND, key);
    Instant end = target == null ? null : target.drainedAt();
    if (end == null || end.isAfter(context.now())) {
      return end;
    }
    draft.remove(Target.KIND, key);
    return null;
  }
}
