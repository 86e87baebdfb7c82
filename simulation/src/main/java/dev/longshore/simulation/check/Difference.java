package dev.longshore.simulation.check;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.State;
import java.util.ArrayList;
import java.util.List;

/** What lies between two States. */
public final class Difference {
  private Difference() {}

  /** One change for each row that differs, table by table in the order of keys. */
  public static List<Change<?>> between(State before, State after) {
    List<Change<?>> changes = new ArrayList<>();
    for (Kind<?> kind : after.kinds()) {
      collect(kind, before, after, changes);
    }
    return changes;
  }

  private static <R> void collect(
      Kind<R> kind, State before, State after, List<Change<?>> changes) {
    for (R row : before.all(kind)) {
      R now = after.find(kind, kind.keyOf(row));
      if (!row.equals(now)) {
        changes.add(new Change<>(kind, kind.keyOf(row), row, now));
      }
    }
    for (R row : after.all(kind)) {
      if (before.find(kind, kind.keyOf(row)) == null) {
        changes.add(new Change<>(kind, kind.keyOf(row), null, row));
      }
    }
  }
}
