package dev.longshore.simulation.check;

import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** However often a RunTask with a client token is sent, it starts its tasks once. */
public final class TokensStartTasksOnce implements Checker {
  private final Map<String, Integer> asked = new HashMap<>();
  private final Map<String, Integer> started = new HashMap<>();

  /** From now on calls with one and the same token ask for so many tasks by that starter. */
  public void asked(String starter, int count) {
    asked.put(starter, count);
  }

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      Task task = change.after(Task.KIND);
      if (change.before() == null && task != null && asked.containsKey(task.startedBy())) {
        int count = started.merge(task.startedBy(), 1, Integer::sum);
        if (count > asked.get(task.startedBy())) {
          findings.found(
              task.startedBy()
                  + " asked for "
                  + asked.get(task.startedBy())
                  + " tasks and has "
                  + count);
        }
      }
    }
  }
}
