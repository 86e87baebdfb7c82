package dev.longshore.server.engine;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.List;

/**
 * An edge that makes the world follow what was committed. It compares and does not remember: after
 * {@link #leading} it must do whatever the State asks for, whether or not it was done before.
 */
public interface Watcher {
  /** This node now leads with that State. Called before any {@link #committed}. */
  void leading(State state);

  /**
   * These changes are durable, and {@code state} has them. Called in order, by one thread at a
   * time; everything waits for it, so it must hand longer work on.
   */
  void committed(State state, List<Change<?>> changes);
}
