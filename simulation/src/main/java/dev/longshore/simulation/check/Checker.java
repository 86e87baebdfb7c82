package dev.longshore.simulation.check;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.List;

/** One promise, and how to see that it was broken. */
public interface Checker {
  /** A turn became durable. */
  default void committed(State before, List<Change<?>> changes, State after, Findings findings) {}

  /** A restart brought these changes to light, perhaps those of several turns. */
  default void revealed(State before, List<Change<?>> changes, State after, Findings findings) {
    committed(before, changes, after, findings);
  }

  /**
   * The control plane has started again.
   *
   * @param before what was committed when it died
   * @param exact whether nothing that was still on its way can have survived
   */
  default void restored(State before, State after, boolean exact, Findings findings) {}

  /**
   * What runs on all machines at some moment.
   *
   * @param state the committed State of that moment
   */
  default void seen(State state, List<Sighting> running, Findings findings) {}

  /** Faults have ceased and there was time to settle. */
  default void settled(State state, List<Sighting> running, Findings findings) {}
}
