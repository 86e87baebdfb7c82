package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
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
 * Removes deleted revisions for good: an hour after they were deleted, or, where a task or a
 * service still uses them, at the first full hour at which none does.
 */
public final class DeletedTaskDefinitionReconciler implements Reconciler {
  private static final Duration KEPT = Duration.ofHours(1);

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    TaskDefinition row = change.after(TaskDefinition.KIND);
    if (row != null && row.deleteRequestedAt() != null) {
      keys.accept(change.key());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    view.by(TaskDefinition.BY_STATUS, TaskDefinition.DELETE_IN_PROGRESS)
        .forEach(row -> keys.accept(TaskDefinition.KIND.keyOf(row)));
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    TaskDefinition row = draft.find(TaskDefinition.KIND, key);
    Instant since = row == null ? null : row.deleteRequestedAt();
    if (row == null || since == null) {
      return null;
    }
    Instant due = since.plus(KEPT);
    if (context.now().isBefore(due)) {
      return due;
    }
    if (isUsed(draft, row)) {
      return context.now().plus(KEPT);
    }
    draft.remove(TaskDefinition.KIND, key);
    return null;
  }

  private static boolean isUsed(View view, TaskDefinition row) {
    if (view.count(Task.LIVE_OF_DEFINITION, row.arn()) > 0) {
      return true;
    }
    for (Service service : view.all(Service.KIND)) {
      for (Deployment deployment : service.deployments()) {
        if (deployment.taskDefinitionArn().equals(row.arn())) {
          return true;
        }
      }
    }
    for (TaskSet taskSet : view.all(TaskSet.KIND)) {
      if (taskSet.taskDefinitionArn().equals(row.arn())) {
        return true;
      }
    }
    return false;
  }
}
