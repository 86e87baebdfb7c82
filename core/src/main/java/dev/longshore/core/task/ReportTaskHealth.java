package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.List;

/**
 * Told by the fleet: what the health checks of a task's containers found. Not an action of the API.
 * Answers whether there is such a task; a repeated report changes nothing.
 */
public final class ReportTaskHealth implements Command<ReportTaskHealth.Report, Boolean> {
  /** The health of containers of one task. */
  public record Report(String taskArn, List<ContainerHealth> containers) {}

  /**
   * One container's health.
   *
   * @param status {@code HEALTHY}, {@code UNHEALTHY} or {@code UNKNOWN}
   */
  public record ContainerHealth(String containerName, String status) {}

  @Override
  public Boolean decide(Draft draft, Report report, Context context) {
    Task task = draft.find(Task.KIND, report.taskArn());
    if (task == null) {
      return false;
    }
    Task changed = task;
    for (ContainerHealth health : report.containers()) {
      changed = TaskTransitions.healthReported(changed, health.containerName(), health.status());
    }
    draft.put(Task.KIND, changed);
    return true;
  }
}
