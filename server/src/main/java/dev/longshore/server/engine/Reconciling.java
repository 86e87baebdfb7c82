package dev.longshore.server.engine;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs reconcilers for what was touched or is due, in the order of their list: its order is the
 * policy. What a reconciler edits touches again, until nothing is left or the turn's limit is met;
 * the rest waits for the next turn.
 */
final class Reconciling {
  private static final Logger LOG = LoggerFactory.getLogger(Reconciling.class);

  /** How long a key whose reconciler threw rests: a fault of ours must not spin the engine. */
  private static final Duration REST = Duration.ofSeconds(1);

  private final List<Reconciler> reconcilers;
  private final List<LinkedHashSet<String>> pending;
  private final WakeTimes wakeTimes = new WakeTimes();

  Reconciling(List<Reconciler> reconcilers) {
    this.reconcilers = List.copyOf(reconcilers);
    this.pending = this.reconcilers.stream().map(each -> new LinkedHashSet<String>()).toList();
  }

  /** Forgets what was pending and puts every key on the list, as a new leader must. */
  void startOver(View view) {
    wakeTimes.clear();
    for (int at = 0; at < reconcilers.size(); at++) {
      pending.get(at).clear();
      reconcilers.get(at).all(view, pending.get(at)::add);
    }
  }

  /** Runs what the draft's changes touched, from the one at {@code from} on, and what is due. */
  void run(Draft draft, int from, Context context, int limit) {
    int seen = touch(draft, from);
    for (WakeTimes.Due due = wakeTimes.next(context.now());
        due != null;
        due = wakeTimes.next(context.now())) {
      pending.get(due.reconciler()).add(due.key());
    }
    for (int runs = 0; runs < limit; runs++) {
      WakeTimes.Due next = takeOne();
      if (next == null) {
        return;
      }
      wakeTimes.set(next, reconcile(draft, next, context));
      seen = touch(draft, seen);
    }
  }

  /** Whether keys are left that a turn's limit kept from running. */
  boolean hasPending() {
    return pending.stream().anyMatch(keys -> !keys.isEmpty());
  }

  @Nullable Instant wakeAt() {
    return wakeTimes.earliest();
  }

  private int touch(Draft draft, int from) {
    List<Change<?>> changes = draft.changes();
    for (int at = from; at < changes.size(); at++) {
      for (int which = 0; which < reconcilers.size(); which++) {
        reconcilers.get(which).touched(changes.get(at), draft, pending.get(which)::add);
      }
    }
    return changes.size();
  }

  private WakeTimes.@Nullable Due takeOne() {
    for (int at = 0; at < pending.size(); at++) {
      if (!pending.get(at).isEmpty()) {
        return new WakeTimes.Due(at, pending.get(at).removeFirst());
      }
    }
    return null;
  }

  private @Nullable Instant reconcile(Draft draft, WakeTimes.Due due, Context context) {
    Draft.Mark mark = draft.mark();
    Reconciler reconciler = reconcilers.get(due.reconciler());
    try {
      return reconciler.reconcile(draft, due.key(), context);
    } catch (RuntimeException e) {
      draft.backTo(mark);
      String name = reconciler.getClass().getSimpleName();
      LOG.error("{} failed for {}; its edits were undone.", name, due.key(), e);
      return context.now().plus(REST);
    }
  }
}
