package dev.longshore.server;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.server.engine.Watcher;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Completes futures once the committed State is as somebody in this process waits for it. */
final class Waits implements Watcher {
  private record Wait(Predicate<State> condition, CompletableFuture<State> future) {}

  private final List<Wait> waits = new CopyOnWriteArrayList<>();

  /** Completes with the first committed State of which the condition is true. */
  CompletableFuture<State> until(Predicate<State> condition, State now) {
    Wait wait = new Wait(condition, new CompletableFuture<>());
    waits.add(wait);
    look(wait, now);
    return wait.future;
  }

  @Override
  public void leading(State state) {
    waits.forEach(wait -> look(wait, state));
  }

  @Override
  public void committed(State state, List<Change<?>> changes) {
    waits.forEach(wait -> look(wait, state));
  }

  private void look(Wait wait, State state) {
    if (wait.future.isDone() || wait.condition.test(state)) {
      wait.future.complete(state);
      waits.remove(wait);
    }
  }
}
