package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.List;

/**
 * Told by the fleet: the agent acknowledged that these tasks are to stop, so from now on they are
 * STOPPING. Not an action of the API. Answers how many of them this was news for.
 */
public final class ReportToldToStop implements Command<ReportToldToStop.Report, Integer> {
  /** The tasks that one message to an agent named. */
  public record Report(List<String> taskArns) {}

  @Override
  public Integer decide(Draft draft, Report report, Context context) {
    int news = 0;
    for (String arn : report.taskArns()) {
      Task task = draft.find(Task.KIND, arn);
      Task told = task == null ? null : TaskTransitions.toldToStop(task);
      if (told != null && !told.equals(task)) {
        draft.put(Task.KIND, told);
        news++;
      }
    }
    return news;
  }
}
