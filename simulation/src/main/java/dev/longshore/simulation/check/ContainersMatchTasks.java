package dev.longshore.simulation.check;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * No container runs twice, none runs of a task that is told STOPPED while its instance is
 * registered, and in the end every task that is RUNNING runs, and nothing else does.
 */
public final class ContainersMatchTasks implements Checker {
  @Override
  public void seen(State state, List<Sighting> running, Findings findings) {
    Set<String> once = new HashSet<>();
    for (Sighting sighting : running) {
      if (!once.add(sighting.taskArn() + ' ' + sighting.container())) {
        findings.found(sighting.container() + " of " + sighting.taskArn() + " runs twice");
      }
      Task task = state.find(Task.KIND, sighting.taskArn());
      if (task != null && task.isStopped() && isRegistered(state, task.containerInstanceArn())) {
        findings.found(
            sighting.container()
                + " runs on "
                + sighting.machine()
                + ", but "
                + task.arn()
                + " is STOPPED");
      }
    }
  }

  private static boolean isRegistered(State state, @Nullable String instanceArn) {
    ContainerInstance instance =
        instanceArn == null ? null : state.find(ContainerInstance.KIND, instanceArn);
    return instance != null && !instance.isInactive();
  }

  @Override
  public void settled(State state, List<Sighting> running, Findings findings) {
    Set<String> seen = new HashSet<>();
    for (Sighting sighting : running) {
      seen.add(sighting.taskArn() + ' ' + sighting.container());
      Task task = state.find(Task.KIND, sighting.taskArn());
      if (task == null || task.lastStatus() != TaskStatus.RUNNING) {
        findings.found(
            "an orphan: "
                + sighting.container()
                + " of "
                + sighting.taskArn()
                + " runs on "
                + sighting.machine());
      }
    }
    for (Task task : state.all(Task.KIND)) {
      if (!task.isStopped()) {
        runs(task, seen, findings);
      }
    }
  }

  private static void runs(Task task, Set<String> seen, Findings findings) {
    if (task.stopping() || task.lastStatus() != TaskStatus.RUNNING) {
      findings.found(
          task.arn() + " is still " + task.lastStatus() + ", wanted " + task.desiredStatus());
      return;
    }
    for (TaskContainer container : task.containers()) {
      if (container.essential() && !seen.contains(task.arn() + ' ' + container.name())) {
        findings.found(task.arn() + " is RUNNING, but nobody runs its " + container.name());
      }
    }
  }
}
