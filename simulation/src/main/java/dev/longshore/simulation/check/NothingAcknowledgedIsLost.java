package dev.longshore.simulation.check;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a caller was told is done can be seen at once, and after every crash. */
public final class NothingAcknowledgedIsLost implements Checker {
  private final List<Fact> facts = new ArrayList<>();

  /** Rows that were removed as they should be; what was said of them need not hold any more. */
  private final Set<String> forgotten = new HashSet<>();

  /**
   * Something that a caller was told.
   *
   * @param key the row it is about: once that is forgotten the fact is, too
   */
  public record Fact(String what, String key, Holds holds) {}

  /** How to see that a fact is one. */
  @FunctionalInterface
  public interface Holds {
    boolean in(State state);
  }

  /** A caller has just been told so. */
  public void acknowledged(Fact fact, State state, Findings findings) {
    facts.add(fact);
    check(fact, state, findings);
  }

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      if (change.after() == null) {
        forgotten.add(change.key());
      }
    }
  }

  @Override
  public void restored(State before, State after, boolean exact, Findings findings) {
    facts.forEach(fact -> check(fact, after, findings));
  }

  @Override
  public void settled(State state, List<Sighting> running, Findings findings) {
    facts.forEach(fact -> check(fact, state, findings));
  }

  private void check(Fact fact, State state, Findings findings) {
    if (!forgotten.contains(fact.key()) && !fact.holds().in(state)) {
      findings.found("a caller was told that " + fact.what() + ", and it is not so");
    }
  }
}
