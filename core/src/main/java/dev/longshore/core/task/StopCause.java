package dev.longshore.core.task;

import dev.longshore.core.model.TaskContainer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a task stopped that nobody wanted stopped. Agents only tell what became of its containers;
 * code and reason are the control plane's to compose.
 */
record StopCause(String code, String reason) {
  static final String FAILED_TO_START = "TaskFailedToStart";
  static final String ESSENTIAL_EXITED = "EssentialContainerExited";
  static final String ESSENTIAL_EXITED_REASON = "Essential container in task exited";

  /**
   * The cause.
   *
   * @param started whether the task ever was RUNNING
   * @param reported the agent's reason for the task as a whole; it has one only if the task itself,
   *     not one of its containers, failed
   */
  static StopCause of(boolean started, String reported, List<TaskContainer> containers) {
    String code = started ? ESSENTIAL_EXITED : FAILED_TO_START;
    if (!reported.isEmpty()) {
      return new StopCause(code, reported);
    }
    if (started) {
      return new StopCause(code, ESSENTIAL_EXITED_REASON);
    }
    String reason = reasonOf(containers, true);
    if (reason == null) {
      reason = reasonOf(containers, false);
    }
    if (reason == null) {
      reason = exited(containers) ? ESSENTIAL_EXITED_REASON : "Task failed to start";
    }
    return new StopCause(code, reason);
  }

  private static @Nullable String reasonOf(List<TaskContainer> containers, boolean essential) {
    for (TaskContainer container : containers) {
      if (container.essential() == essential && container.reason() != null) {
        return container.reason();
      }
    }
    return null;
  }

  private static boolean exited(List<TaskContainer> containers) {
    return containers.stream()
        .anyMatch(container -> container.essential() && container.exitCode() != null);
  }
}
