package dev.longshore.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryLogTest {
  private final MemoryLog log = new MemoryLog();
  private final Diary diary = new Diary();

  @Nested
  class Contract extends LogContract {
    @Override
    Log empty() {
      return new MemoryLog();
    }

    @Override
    Log reopened(Log closed) {
      return ((MemoryLog) closed).crash(0);
    }

    @Override
    void discard(Log log) {
      log.close();
    }
  }

  @Test
  void held_appends_wait_for_commit_and_keep_their_order() throws IOException {
    log.open(diary);
    log.hold();
    diary.jot(log, "a");
    CompletableFuture<Long> second = diary.write(log, "b");

    log.commit(1);
    assertThat(diary.words()).containsExactly("a");
    assertThat(second).isNotDone();

    log.release();
    diary.jot(log, "c");
    assertThat(diary.words()).containsExactly("a", "b", "c");
  }

  @Test
  void a_crash_keeps_what_was_acknowledged_and_as_much_of_the_rest_as_it_is_told()
      throws IOException {
    log.open(diary);
    diary.jot(log, "a");
    log.hold();
    diary.jot(log, "b");
    CompletableFuture<Long> dropped = diary.write(log, "c");

    MemoryLog after = log.crash(1);
    Diary restored = new Diary();
    after.open(restored);

    assertThat(restored.words()).containsExactly("a", "b");
    assertThat(dropped).isNotDone();
    assertThat(log.leader()).isFalse();
  }

  @Test
  void a_lost_leader_fails_everything_in_flight_and_hears_later_what_survived() throws IOException {
    log.open(diary);
    log.hold();
    diary.jot(log, "a");
    diary.jot(log, "b");

    log.loseLeadership(1);
    diary.jot(log, "c");
    log.follow(new byte[] {'d'});
    log.release();
    log.gainLeadership();
    diary.jot(log, "e");

    assertThat(diary.events())
        .containsExactly(
            "leads", "lost a", "lost b", "follows", "entry a", "lost c", "entry d", "leads",
            "wrote e");
  }

  @Test
  void a_full_flight_makes_room_by_committing_the_oldest() throws IOException {
    log.open(diary);
    log.hold();
    for (int i = 0; i <= Log.MAX_IN_FLIGHT_ENTRIES; i++) {
      diary.jot(log, "" + i);
    }

    assertThat(log.inFlight()).isEqualTo(Log.MAX_IN_FLIGHT_ENTRIES);
    assertThat(diary.words()).containsExactly("0");
  }

  @Test
  void a_halted_log_says_so_once_and_accepts_nothing_more() throws IOException {
    log.open(diary);
    log.hold();
    diary.jot(log, "a");

    log.halt(new IOException("disk gone"));
    diary.jot(log, "b");

    assertThat(diary.halt().join()).hasMessage("disk gone");
    assertThat(diary.events()).containsExactly("leads", "lost a", "lost b");
  }
}
