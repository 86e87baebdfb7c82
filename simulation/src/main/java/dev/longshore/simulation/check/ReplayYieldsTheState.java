package dev.longshore.simulation.check;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.InstanceUsage;
import dev.longshore.core.model.Tables;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.State;
import java.util.List;

/**
 * What is read back from the log, with or without a snapshot, is what was committed; and what is
 * derived from the rows is what the rows say.
 */
public final class ReplayYieldsTheState implements Checker {
  @Override
  public void restored(State before, State after, boolean exact, Findings findings) {
    if (exact) {
      for (Change<?> change : Difference.between(before, after)) {
        findings.found(
            "replay made "
                + change.kind()
                + ' '
                + change.key()
                + " into "
                + change.after()
                + ", but it was "
                + change.before());
      }
    }
    derived(after, findings);
  }

  @Override
  public void settled(State state, List<Sighting> running, Findings findings) {
    derived(state, findings);
  }

  /** Compares what the State derived step by step with what its rows yield put all at once. */
  private static void derived(State state, Findings findings) {
    Draft draft = Draft.on(Tables.empty());
    for (Kind<?> kind : state.kinds()) {
      copy(state, kind, draft);
    }
    State anew = draft.state();
    for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
      InstanceUsage is = state.total(Task.USAGE, instance.arn());
      InstanceUsage shouldBe = anew.total(Task.USAGE, instance.arn());
      if (!is.equals(shouldBe)) {
        findings.found(instance.arn() + " is said to hold " + is + " and holds " + shouldBe);
      }
      int count = state.count(Task.ON_INSTANCE, instance.arn());
      if (count != anew.count(Task.ON_INSTANCE, instance.arn())) {
        findings.found(instance.arn() + " is said to have " + count + " tasks");
      }
    }
  }

  private static <R> void copy(State state, Kind<R> kind, Draft draft) {
    state.all(kind).forEach(row -> draft.put(kind, row));
  }
}
