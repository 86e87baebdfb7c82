package dev.longshore.core;

import dev.longshore.core.model.Tables;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.operation.Query;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Companions;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A control plane for tests: commands are decided and reconcilers run to quiescence as the engine
 * does it, on the test's own thread and clock.
 */
public final class Harbour {
  /** When every harbour opens, unless told otherwise. */
  public static final Instant OPENING = Instant.parse("2026-01-01T00:00:00Z");

  private static final Place PLACE = new Place("aws", "us-east-1", "123456789012");

  /** More rounds than that in one turn, and the reconcilers never come to rest. */
  private static final int MOST_RECONCILED = 100_000;

  private final List<Reconciler> reconcilers;

  /** Per reconciler, by key: when it wants to be called again. */
  private final List<Map<String, Instant>> wakes = new ArrayList<>();

  private final Ids ids = Ids.seeded(1);
  private final Companions companions = new Companions();
  private State state = Tables.empty();
  private Instant now = OPENING;
  private Caller caller = Caller.root(PLACE.accountId());

  /** A control plane with these reconcilers, which run in this order. */
  public Harbour(Reconciler... reconcilers) {
    this.reconcilers = List.of(reconcilers);
    this.reconcilers.forEach(reconciler -> wakes.add(new TreeMap<>()));
  }

  /** Calls a command, then reconciles; a thrown error leaves everything as it was. */
  public <I, O> O call(Command<I, O> command, I request) {
    Draft draft = Draft.on(state, companions);
    O answer = command.decide(draft, request, context());
    settle(draft);
    return answer;
  }

  /** Asks a query. */
  public <I, O> O ask(Query<I, O> query, I request) {
    return query.answer(state, request, context());
  }

  /** Edits rows by hand, for what another room would have done; then reconciles. */
  public void edit(Consumer<Draft> edit) {
    Draft draft = Draft.on(state, companions);
    edit.accept(draft);
    settle(draft);
  }

  /** The control plane as it is. */
  public State state() {
    return state;
  }

  public Instant now() {
    return now;
  }

  public Place place() {
    return PLACE;
  }

  /** What the next call will be handed. */
  public Context context() {
    return new Context(now, caller, PLACE, ids);
  }

  /** The next calls are that principal's. */
  public Harbour as(String principalArn) {
    caller = new Caller(PLACE.accountId(), principalArn);
    return this;
  }

  /** Lets time pass; reconcilers are woken when they asked to be, in the order of their times. */
  public Harbour advance(Duration time) {
    return at(now.plus(time));
  }

  /** As {@link #advance}, to a moment that is not before now. */
  public Harbour at(Instant moment) {
    if (moment.isBefore(now)) {
      throw new IllegalArgumentException("Time does not run backwards.");
    }
    int woken = 0;
    for (Instant next = firstWake(); next != null && !next.isAfter(moment); next = firstWake()) {
      now = next.isAfter(now) ? next : now;
      wake();
      if (++woken > MOST_RECONCILED) {
        throw new AssertionError("The reconcilers wake up for ever.");
      }
    }
    now = moment;
    return this;
  }

  private @Nullable Instant firstWake() {
    Instant first = null;
    for (Map<String, Instant> times : wakes) {
      for (Instant time : times.values()) {
        first = first == null || time.isBefore(first) ? time : first;
      }
    }
    return first;
  }

  private void wake() {
    List<Set<String>> due = noKeys();
    for (int at = 0; at < wakes.size(); at++) {
      for (Map.Entry<String, Instant> wake : wakes.get(at).entrySet()) {
        if (!wake.getValue().isAfter(now)) {
          due.get(at).add(wake.getKey());
        }
      }
    }
    reconcile(Draft.on(state, companions), due, 0);
  }

  private void settle(Draft draft) {
    reconcile(draft, noKeys(), 0);
  }

  /** Runs reconcilers, first registered first, until neither keys nor unseen changes are left. */
  private void reconcile(Draft draft, List<Set<String>> due, int seenChanges) {
    int seen = seenChanges;
    for (int round = 0; round < MOST_RECONCILED; round++) {
      for (; seen < draft.changes().size(); seen++) {
        touch(draft.changes().get(seen), draft, due);
      }
      int at = firstDue(due);
      if (at < 0) {
        state = draft.state();
        return;
      }
      String key = due.get(at).iterator().next();
      due.get(at).remove(key);
      Instant next = reconcilers.get(at).reconcile(draft, key, context());
      if (next == null) {
        wakes.get(at).remove(key);
      } else {
        wakes.get(at).put(key, next);
      }
    }
    throw new AssertionError("The reconcilers do not come to rest.");
  }

  private void touch(Change<?> change, Draft draft, List<Set<String>> due) {
    for (int at = 0; at < reconcilers.size(); at++) {
      reconcilers.get(at).touched(change, draft, due.get(at)::add);
    }
  }

  private static int firstDue(List<Set<String>> due) {
    for (int at = 0; at < due.size(); at++) {
      if (!due.get(at).isEmpty()) {
        return at;
      }
    }
    return -1;
  }

  private List<Set<String>> noKeys() {
    List<Set<String>> keys = new ArrayList<>();
    reconcilers.forEach(reconciler -> keys.add(new LinkedHashSet<>()));
    return keys;
  }
}
