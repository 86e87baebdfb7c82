package dev.longshore.server.log;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every kind of log promises. */
abstract class LogContract {
  private Log log = new MemoryLog();
  private Diary diary = new Diary();

  /** A log that holds nothing yet, not opened. */
  abstract Log empty() throws Exception;

  /** What a new process finds after the given log was closed, not opened. */
  abstract Log reopened(Log closed) throws Exception;

  /** Closes a log that no test needs any more. */
  abstract void discard(Log log);

  @BeforeEach
  void open() throws Exception {
    log = empty();
    log.open(diary);
  }

  @AfterEach
  void discard() {
    discard(log);
  }

  private void restart() throws Exception {
    log.close();
    log = reopened(log);
    diary = new Diary();
    log.open(diary);
  }

  private void writeAndWait(String... words) throws Exception {
    for (String word : words) {
      diary.write(log, word).get(30, SECONDS);
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void an_empty_log_restores_nothing_and_leads() {
    assertThat(diary.events()).containsExactly("leads");
    assertThat(log.leader()).isTrue();
  }

  @Test
  void own_entries_complete_their_append_and_are_not_applied_again() throws Exception {
    writeAndWait("a", "b");

    assertThat(diary.events()).containsExactly("leads", "wrote a", "wrote b");
  }

  @Test
  void fifty_thousand_appends_in_flight_complete_and_replay_in_the_order_of_the_calls()
      throws Exception {
    List<CompletableFuture<Long>> appended = new ArrayList<>();
    for (String word : numbers(0, 50_000)) {
      appended.add(diary.write(log, word));
    }
    long last = -1;
    for (CompletableFuture<Long> future : appended) {
      long index = future.get(60, SECONDS);
      assertThat(index).isGreaterThan(last);
      last = index;
    }
    assertThat(diary.words()).isEqualTo(numbers(0, 50_000));

    restart();

    assertThat(diary.words()).isEqualTo(numbers(0, 50_000));
    assertThat(diary.index()).isEqualTo(last);
  }

  @Test
  void a_restart_replays_every_entry_before_the_node_leads() throws Exception {
    writeAndWait("a", "b");

    restart();
    writeAndWait("c");

    assertThat(diary.events()).containsExactly("entry a", "entry b", "leads", "wrote c");
  }

  @Test
  void a_snapshot_stands_for_the_entries_before_it() throws Exception {
    writeAndWait("a", "b");
    assertThat(log.snapshot().get(30, SECONDS)).isEqualTo(diary.index());
    writeAndWait("c");

    restart();

    assertThat(diary.events()).containsExactly("restore 2", "entry c", "leads");
    assertThat(diary.words()).containsExactly("a", "b", "c");
  }

  @Test
  void a_snapshot_can_be_followed_by_further_ones_across_restarts() throws Exception {
    for (int round = 0; round < 3; round++) {
      writeAndWait("" + round);
      log.snapshot().get(30, SECONDS);
      restart();
      assertThat(diary.events()).containsExactly("restore " + (round + 1), "leads");
    }
    assertThat(diary.words()).containsExactly("0", "1", "2");
  }

  @Test
  void a_snapshot_of_nothing_new_is_the_one_before() throws Exception {
    assertThat(log.snapshot().get(30, SECONDS)).isEqualTo(-1);

    writeAndWait("a");
    long first = log.snapshot().get(30, SECONDS);

    assertThat(log.snapshot().get(30, SECONDS)).isEqualTo(first);
    restart();
    assertThat(log.snapshot().get(30, SECONDS)).isEqualTo(first);
  }

  @Test
  void entries_may_be_empty_or_as_long_as_the_limit() throws Exception {
    String longest = "x".repeat(Log.MAX_ENTRY_BYTES);
    List<String> words = List.of("", longest, "a", "y".repeat(1 << 20), "z".repeat((1 << 20) + 1));
    List<CompletableFuture<Long>> appended = new ArrayList<>();
    for (String word : words) {
      appended.add(diary.write(log, word));
    }
    for (CompletableFuture<Long> future : appended) {
      future.get(30, SECONDS);
    }

    restart();

    assertThat(diary.words().equals(words)).isTrue();
  }

  @Test
  void an_entry_longer_than_the_limit_is_refused_and_harms_nothing() throws Exception {
    assertThatThrownBy(() -> log.append(new byte[Log.MAX_ENTRY_BYTES + 1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an entry of 16777217 bytes; at most 16777216 are allowed");

    writeAndWait("a");
    assertThat(diary.words()).containsExactly("a");
  }

  @Test
  void more_bytes_than_may_be_in_flight_still_go_through() throws Exception {
    String big = "x".repeat(Log.MAX_ENTRY_BYTES);
    List<CompletableFuture<Long>> appended = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      appended.add(diary.write(log, big));
    }
    for (CompletableFuture<Long> future : appended) {
      future.get(60, SECONDS);
    }
    assertThat(diary.words()).hasSize(5);
  }

  @Test
  void a_log_that_is_not_open_does_not_lead() throws Exception {
    Log unopened = empty();
    assertThat(unopened.leader()).isFalse();
    assertThat(unopened.append(new byte[1]))
        .failsWithin(1, SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(NotLeaderException.class);
    discard(unopened);

    log.close();
    assertThat(log.leader()).isFalse();
    assertThat(log.append(new byte[1]))
        .failsWithin(1, SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withCauseInstanceOf(NotLeaderException.class);
    assertThat(log.snapshot()).failsWithin(1, SECONDS);
    log.close();
  }

  @Test
  void a_log_is_opened_once() {
    assertThatThrownBy(() -> log.open(new Diary())).isInstanceOf(IllegalStateException.class);
  }
}
