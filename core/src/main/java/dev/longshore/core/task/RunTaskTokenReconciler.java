package dev.longshore.core.task;

import dev.longshore.core.model.RunTaskToken;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Forgets client tokens that are over. Looks at each once an hour: no task that is there now is
 * forgotten sooner than that.
 */
final class RunTaskTokenReconciler implements Reconciler {
  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    RunTaskToken after = change.after(RunTaskToken.KIND);
    if (after != null) {
      keys.accept(RunTaskToken.KIND.keyOf(after));
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (RunTaskToken token : view.all(RunTaskToken.KIND)) {
      keys.accept(RunTaskToken.KIND.keyOf(token));
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    RunTaskToken token = draft.find(RunTaskToken.KIND, key);
    if (token == null) {
      return null;
    }
    if (RunTaskTokens.isOver(draft, token, context.now())) {
      draft.remove(RunTaskToken.KIND, key);
      return null;
    }
    Instant end = token.createdAt().plus(RunTaskTokens.LIFE);
    Instant look = context.now().plus(TaskReconciler.KEPT);
    return look.isBefore(end) ? look : end;
  }
}
