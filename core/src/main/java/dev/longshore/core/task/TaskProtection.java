package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.ProtectedTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Protection from scale-in: what the API shows of it, and which tasks can have it. */
final class TaskProtection {
  private TaskProtection() {}

  /** Why the task can have no protection; null: it can. */
  static @Nullable Failure failure(Task task) {
    if (task.serviceArn() == null) {
      return invalid(task, "The task is not part of a service.");
    }
    return task.stopping() ? invalid(task, "The task is stopping or has stopped.") : null;
  }

  private static Failure invalid(Task task, String detail) {
    return Failure.builder().arn(task.arn()).reason("TASK_NOT_VALID").detail(detail).build();
  }

  /** The protection as it is at that time, whether its end was noticed yet or not. */
  static ProtectedTask of(Task task, Instant now) {
    Instant until = task.protectedUntil();
    boolean on = until != null && now.isBefore(until);
    return ProtectedTask.builder()
        .taskArn(task.arn())
        .protectionEnabled(on)
        .expirationDate(on ? until : null)
        .build();
  }
}
