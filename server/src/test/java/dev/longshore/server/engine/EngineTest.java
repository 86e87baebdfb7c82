package dev.longshore.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Place;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.State;
import dev.longshore.core.state.View;
import dev.longshore.server.log.MemoryLog;
import dev.longshore.server.log.NotLeaderException;
import dev.longshore.shapes.ServiceException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EngineTest {
  /** A lamp that burns until its time is over. */
  public record Lamp(String id, boolean lit, @Nullable Instant until, List<String> notes) {
    static final Kind<Lamp> KIND = Kind.of("lamp", Lamp.class, Lamp::id);
  }

  private static final Caller CALLER = Caller.root("123456789012");
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.123Z");
  private static final State EMPTY = State.empty(List.of(Lamp.KIND));

  private static final Command<Lamp, Lamp> PUT =
      (draft, lamp, context) -> {
        draft.put(Lamp.KIND, lamp);
        return lamp;
      };

  private static final Command<Lamp, Lamp> PUT_THEN_REFUSE =
      (draft, lamp, context) -> {
        draft.put(Lamp.KIND, lamp);
        throw new ServiceException("ClientException", 400, "No such lamp.");
      };

  /** Turns lamps off when their time is over. */
  private static final class Lamplighter implements Reconciler {
    @Override
    public void touched(Change<?> change, View view, Consumer<String> keys) {
      if (change.kind() == Lamp.KIND) {
        keys.accept(change.key());
      }
    }

    @Override
    public void all(View view, Consumer<String> keys) {
      view.all(Lamp.KIND).forEach(lamp -> keys.accept(lamp.id()));
    }

    @Override
    public @Nullable Instant reconcile(Draft draft, String key, Context context) {
      Lamp lamp = draft.find(Lamp.KIND, key);
      if (lamp == null || !lamp.lit() || lamp.until() == null) {
        return null;
      }
      if (context.now().isBefore(lamp.until())) {
        return lamp.until();
      }
      draft.put(Lamp.KIND, new Lamp(key, false, null, lamp.notes()));
      return null;
    }
  }

  private MemoryLog log = new MemoryLog();
  private Engine engine = engine(log);

  private static Engine engine(MemoryLog log) {
    return new Engine(
        EMPTY,
        new Place("aws", "us-east-1", "123456789012"),
        Ids.seeded(1),
        EngineLimits.USUAL,
        List.of(new Lamplighter()),
        log,
        cause -> {
          throw new AssertionError(cause);
        });
  }

  private static Lamp lamp(String id) {
    return new Lamp(id, true, NOON.plusSeconds(60), List.of("new"));
  }

  private CompletableFuture<Lamp> put(Lamp lamp) {
    return engine.submit(PUT, lamp, CALLER);
  }

  private List<Lamp> lamps() {
    List<Lamp> all = new ArrayList<>();
    engine.state().all(Lamp.KIND).forEach(all::add);
    return all;
  }

  private void crash() throws IOException {
    log = log.crash(0);
    engine = engine(log);
    engine.open();
  }

  @BeforeEach
  void open() throws IOException {
    engine.open();
  }

  @Test
  void an_answer_is_given_only_once_its_turn_is_durable() {
    log.hold();
    CompletableFuture<Lamp> answer = put(lamp("a"));
    engine.turn(NOON);
    assertThat(answer).isNotDone();
    assertThat(lamps()).isEmpty();
    log.release();
    assertThat(answer).isCompletedWithValue(lamp("a"));
    assertThat(lamps()).containsExactly(lamp("a"));
  }

  @Test
  void the_next_turn_sees_what_the_one_in_flight_decided() {
    log.hold();
    CompletableFuture<Lamp> first = put(lamp("a"));
    engine.turn(NOON);
    CompletableFuture<Integer> count =
        engine.submit((draft, none, context) -> draft.count(Lamp.KIND), "", CALLER);
    engine.turn(NOON);
    assertThat(count).isNotDone();
    log.release();
    assertThat(first).isCompleted();
    assertThat(count).isCompletedWithValue(1);
  }

  @Test
  void a_command_that_is_refused_leaves_nothing_behind_and_its_neighbours_alone() {
    CompletableFuture<Lamp> good = put(lamp("a"));
    CompletableFuture<Lamp> bad = engine.submit(PUT_THEN_REFUSE, lamp("b"), CALLER);
    engine.turn(NOON);
    assertThat(good).isCompleted();
    assertThat(bad.exceptionNow()).hasMessage("No such lamp.");
    assertThat(lamps()).containsExactly(lamp("a"));
  }

  @Test
  void a_reconciler_wakes_at_the_time_it_named() {
    CompletableFuture<Lamp> answer = put(lamp("a"));
    engine.turn(NOON);
    assertThat(answer).isCompleted();
    assertThat(engine.wakeAt()).isEqualTo(NOON.plusSeconds(60));
    assertThat(engine.due(NOON.plusSeconds(59))).isFalse();
    assertThat(engine.due(NOON.plusSeconds(60))).isTrue();
    engine.turn(NOON.plusSeconds(60));
    assertThat(lamps()).containsExactly(new Lamp("a", false, null, List.of("new")));
    assertThat(engine.wakeAt()).isNull();
  }

  @Test
  void after_a_crash_the_durable_turns_are_there_and_timers_are_known_again() throws IOException {
    CompletableFuture<Lamp> kept = put(lamp("a"));
    engine.turn(NOON);
    log.hold();
    CompletableFuture<Lamp> lost = put(lamp("b"));
    engine.turn(NOON);
    crash();
    assertThat(kept).isCompleted();
    assertThat(lost).isNotDone();
    assertThat(lamps()).containsExactly(lamp("a"));
    engine.turn(NOON.plusSeconds(1));
    assertThat(engine.wakeAt()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void a_snapshot_and_the_entries_after_it_restore_every_row() throws IOException {
    List<CompletableFuture<Lamp>> answers = new ArrayList<>();
    for (int at = 0; at < 3_000; at++) {
      answers.add(put(lamp("lamp-" + at)));
      if (at % 100 == 99) {
        engine.turn(NOON);
      }
    }
    assertThat(log.snapshot()).isCompleted();
    answers.add(put(new Lamp("later", false, null, List.of())));
    engine.turn(NOON);
    assertThat(answers).allMatch(CompletableFuture::isDone);
    List<Lamp> before = lamps();
    crash();
    assertThat(lamps()).isEqualTo(before).hasSize(3_001);
  }

  @Test
  void losing_the_lead_fails_what_is_in_flight_and_drops_the_head() {
    log.hold();
    CompletableFuture<Lamp> lost = put(lamp("a"));
    engine.turn(NOON);
    log.loseLeadership(0);
    assertThat(lost).isCompletedExceptionally();
    CompletableFuture<Lamp> refused = put(lamp("b"));
    engine.turn(NOON);
    assertThat(refused.exceptionNow()).isInstanceOf(NotLeaderException.class);
    log.gainLeadership();
    log.release();
    CompletableFuture<Lamp> later = put(lamp("c"));
    engine.turn(NOON);
    assertThat(later).isCompleted();
    assertThat(lamps()).containsExactly(lamp("c"));
  }

  @Test
  void watchers_see_one_change_for_each_row_that_differs() throws IOException {
    List<Change<?>> seen = new ArrayList<>();
    engine = engine(new MemoryLog());
    engine.watch(
        new Watcher() {
          @Override
          public void leading(State state) {}

          @Override
          public void committed(State state, List<Change<?>> changes) {
            seen.addAll(changes);
          }
        });
    engine.open();
    CompletableFuture<Lamp> first = put(lamp("a"));
    CompletableFuture<Lamp> second = put(new Lamp("a", false, null, List.of()));
    engine.turn(NOON);
    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().after(Lamp.KIND)).isEqualTo(new Lamp("a", false, null, List.of()));
    assertThat(seen.getFirst().before(Lamp.KIND)).isNull();
  }
}
