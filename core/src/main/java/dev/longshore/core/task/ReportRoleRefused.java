package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;

/**
 * Told by the fleet: a role of this task is none, or does not trust the service, so the task was
 * not sent to its agent and never will be. Not an action of the API. Answers whether it was news.
 */
public final class ReportRoleRefused implements Command<ReportRoleRefused.Report, Boolean> {
  /**
   * A task that cannot start.
   *
   * @param roleArn as the task names it
   */
  public record Report(String taskArn, String roleArn) {}

  @Override
  public Boolean decide(Draft draft, Report report, Context context) {
    Task task = draft.find(Task.KIND, report.taskArn());
    if (task == null || task.stopping() || task.lastStatus() != TaskStatus.PENDING) {
      return false;
    }
    String reason =
        "ECS was unable to assume the role '"
            + report.roleArn()
            + "' that was provided for this task. Please verify that the role being passed has the"
            + " proper trust relationship and permissions and that your IAM user has permissions to"
            + " pass this role.";
    draft.put(Task.KIND, TaskTransitions.lost(task, "TaskFailedToStart", reason, context.now()));
    return true;
  }
}
