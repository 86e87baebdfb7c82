package dev.longshore.simulation.check;

import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A task that was placed stays where it is, and runs nowhere else. */
public final class TasksStayOnOneInstance implements Checker {
  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      Task was = change.before(Task.KIND);
      Task is = change.after(Task.KIND);
      if (was != null
          && is != null
          && was.containerInstanceArn() != null
          && !was.containerInstanceArn().equals(is.containerInstanceArn())) {
        findings.found(
            is.arn()
                + " moved from "
                + was.containerInstanceArn()
                + " to "
                + is.containerInstanceArn());
      }
    }
  }

  @Override
  public void seen(State state, List<Sighting> running, Findings findings) {
    Map<String, String> machines = new HashMap<>();
    for (Sighting sighting : running) {
      String other = machines.putIfAbsent(sighting.taskArn(), sighting.machine());
      if (other != null && !other.equals(sighting.machine())) {
        findings.found(sighting.taskArn() + " runs on " + other + " and on " + sighting.machine());
      }
    }
  }
}
