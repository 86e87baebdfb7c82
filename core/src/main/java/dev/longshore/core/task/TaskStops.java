package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.state.Draft;
import java.time.Instant;

/** Sets the desired status of tasks to STOPPED. */
public final class TaskStops {
  private TaskStops() {}

  /**
   * Wants the task stopped. One that was wanted stopped before keeps its first code and reason. A
   * task that no instance holds is STOPPED at once; any other stays as it is until its agent
   * reports.
   *
   * @param code the stop code, for example {@code ServiceSchedulerInitiated}
   * @param reason the stopped reason, shown verbatim
   * @return the task as it is now
   */
  public static Task stop(Draft draft, Task task, String code, String reason, Instant now) {
    Task stopping =
        task.containerInstanceArn() == null
            ? TaskTransitions.lost(task, code, reason, now)
            : TaskTransitions.wantedStopped(task, code, reason, now);
    draft.put(Task.KIND, stopping);
    return stopping;
  }
}
