package dev.longshore.simulation.check;

import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.shapes.ecs.TaskStopCode;
import java.util.List;

/**
 * A task that stopped has a stop code of the API and a reason, is wanted stopped and says when; and
 * one that failed to start never ran.
 */
public final class StoppedTasksSayWhy implements Checker {
  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      Task task = change.after(Task.KIND);
      if (task != null && (task.isStopped() || task.stopping())) {
        check(task, findings);
      }
    }
  }

  private static void check(Task task, Findings findings) {
    String code = task.stopCode();
    if (code == null || !TaskStopCode.VALUES.contains(code)) {
      findings.found(task.arn() + " stops with stop code " + code);
    }
    if (task.stoppedReason() == null || task.stoppedReason().isEmpty()) {
      findings.found(task.arn() + " stops without a reason");
    }
    if (!task.stopping() || task.timeline().stoppingAt() == null) {
      findings.found(task.arn() + " is STOPPED and was never wanted to be");
    }
    if (task.isStopped() && task.timeline().stoppedAt() == null) {
      findings.found(task.arn() + " is STOPPED and does not say since when");
    }
    boolean ran = task.timeline().startedAt() != null;
    if (ran && "TaskFailedToStart".equals(code)) {
      findings.found(task.arn() + " failed to start, having run");
    }
    if (!ran && "EssentialContainerExited".equals(code)) {
      findings.found(task.arn() + " never ran, but its essential container exited");
    }
  }
}
