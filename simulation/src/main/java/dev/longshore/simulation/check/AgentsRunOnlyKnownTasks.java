package dev.longshore.simulation.check;

import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * No container runs of a task that the control plane never had, or on an instance that it never
 * placed it on: work is handed out only after it is durable.
 */
public final class AgentsRunOnlyKnownTasks implements Checker {
  private final Map<String, String> placed = new HashMap<>();

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      Task task = change.after(Task.KIND);
      if (task != null && task.containerInstanceArn() != null) {
        placed.put(task.arn(), task.containerInstanceArn());
      }
    }
  }

  @Override
  public void seen(State state, List<Sighting> running, Findings findings) {
    for (Sighting sighting : running) {
      String instance = placed.get(sighting.taskArn());
      if (instance == null) {
        findings.found(sighting.machine() + " runs " + sighting.taskArn() + ", which never was");
      } else if (!instance.equals(sighting.instanceArn())) {
        findings.found(
            sighting.machine()
                + " runs "
                + sighting.taskArn()
                + ", which was placed on "
                + instance);
      }
    }
  }
}
