package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Ends tasks whose instance was deregistered, switches protection off when it expires, and forgets
 * STOPPED tasks after an hour. A task whose agent is merely away waits for it: only the agent knows
 * what became of the containers.
 */
final class TaskReconciler implements Reconciler {
  /** How long a STOPPED task can still be described. */
  static final Duration KEPT = Duration.ofHours(1);

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    Task task = change.after(Task.KIND);
    if (task != null) {
      keys.accept(task.arn());
    }
    ContainerInstance before = change.before(ContainerInstance.KIND);
    ContainerInstance after = change.after(ContainerInstance.KIND);
    if (before != null && (after == null || after.isInactive())) {
      view.by(Task.ON_INSTANCE, before.arn()).forEach(each -> keys.accept(each.arn()));
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    view.all(Task.KIND).forEach(task -> keys.accept(task.arn()));
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    Task task = draft.find(Task.KIND, key);
    if (task == null) {
      return null;
    }
    Task kept = unprotected(orphaned(draft, task, context.now()), context.now());
    Instant stoppedAt = kept.timeline().stoppedAt();
    if (stoppedAt == null || context.now().isBefore(stoppedAt.plus(KEPT))) {
      draft.put(Task.KIND, kept);
      return stoppedAt == null ? kept.protectedUntil() : stoppedAt.plus(KEPT);
    }
    draft.remove(Task.KIND, key);
    return null;
  }

  private static Task orphaned(View view, Task task, Instant now) {
    if (task.isStopped() || task.containerInstanceArn() == null) {
      return task;
    }
    ContainerInstance instance = view.find(ContainerInstance.KIND, task.containerInstanceArn());
    return instance != null && !instance.isInactive()
        ? task
        : TaskTransitions.lost(
            task, "UserInitiated", "Container instance deregistration forced by user", now);
  }

  private static Task unprotected(Task task, Instant now) {
    boolean expired =
        task.protectedUntil() != null && (task.isStopped() || !now.isBefore(task.protectedUntil()));
    return expired ? task.edit().protectedUntil(null).build() : task;
  }
}
