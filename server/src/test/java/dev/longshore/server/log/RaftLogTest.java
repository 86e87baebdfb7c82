package dev.longshore.server.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RaftLogTest {
  private static final AtomicInteger MADE = new AtomicInteger();
  // Ratis takes up to a second to close; tests that need nothing any more do not wait for it.
  private static final List<Thread> CLOSING = new ArrayList<>();

  @TempDir static Path directory = Path.of("");

  @AfterAll
  static void awaitClosing() throws InterruptedException {
    for (Thread thread : CLOSING) {
      thread.join();
    }
  }

  private static void closeLater(Log log) {
    CLOSING.add(Thread.ofPlatform().start(log::close));
  }

  private static Path fresh() {
    return directory.resolve("log-" + MADE.incrementAndGet());
  }

  @Nested
  class Contract extends LogContract {
    private Path path = fresh();

    @Override
    Log empty() {
      path = fresh();
      return new RaftLog(RaftLogConfig.alone(path));
    }

    @Override
    Log reopened(Log closed) {
      return new RaftLog(RaftLogConfig.alone(path));
    }

    @Override
    void discard(Log log) {
      closeLater(log);
    }
  }

  private final Path path = fresh();

  private RaftLog open(Diary diary) throws IOException {
    RaftLog log = new RaftLog(RaftLogConfig.alone(path));
    log.open(diary);
    return log;
  }

  /** A log that holds the words 0 to 9 and is closed again. */
  private void tenWords() throws Exception {
    Diary diary = new Diary();
    try (RaftLog log = open(diary)) {
      for (int i = 0; i < 10; i++) {
        diary.write(log, "word " + i).get(30, SECONDS);
      }
    }
  }

  private static Path find(Path root, String pattern) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> String.valueOf(file.getFileName()).matches(pattern))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void overwrite(Path file, long position, byte[] bytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(bytes), position);
    }
  }

  @Test
  void a_directory_in_use_is_refused_with_the_process_that_uses_it() throws Exception {
    RaftLog first = open(new Diary());

    assertThatThrownBy(() -> open(new Diary()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the log in " + path + " is in use by process " + ProcessHandle.current().pid());
    assertThat(first.leader()).isTrue();
    closeLater(first);
  }

  @Test
  void an_entry_that_was_half_written_when_the_power_went_is_cut_off() throws Exception {
    tenWords();
    Path segment = find(path, "log_inprogress_.*");
    long whole = Files.size(segment);
    // The beginning of an entry of 100 bytes, in the space reserved for more.
    overwrite(segment, whole, new byte[] {100, 8, 1, 16, 2, 42});
    overwrite(segment, whole + 4000, new byte[] {0});

    Diary diary = new Diary();
    RaftLog log = open(diary);
    diary.write(log, "after").get(30, SECONDS);

    assertThat(diary.words()).hasSize(11).startsWith("word 0").endsWith("word 9", "after");
    closeLater(log);
  }

  @Test
  void a_last_entry_that_ends_in_the_middle_of_the_file_is_cut_off() throws Exception {
    tenWords();
    Path segment = find(path, "log_inprogress_.*");
    try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 3);
    }

    Diary diary = new Diary();
    RaftLog log = open(diary);

    assertThat(diary.words()).hasSize(9).endsWith("word 8");
    closeLater(log);
  }

  @Test
  void zeros_reserved_behind_a_long_entry_do_not_matter() throws Exception {
    Diary diary = new Diary();
    String longest = "x".repeat(Parts.BYTES - 1);
    try (RaftLog log = open(diary)) {
      diary.write(log, longest).get(30, SECONDS);
    }
    Path segment = find(path, "log_inprogress_.*");
    overwrite(segment, Files.size(segment) + (4 << 20), new byte[] {0});

    Diary again = new Diary();
    closeLater(open(again));

    assertThat(again.words().equals(List.of(longest))).isTrue();
  }

  @Test
  void a_purge_that_was_cut_short_is_finished() throws Exception {
    tenWords();
    tenWords();
    Diary diary = new Diary();
    Path copy = path.resolve("copy");
    try (RaftLog log = open(diary)) {
      Path oldest = find(path, "log_0-.*");
      Files.copy(oldest, copy);
      diary.write(log, "last").get(30, SECONDS);
      log.snapshot().get(30, SECONDS);
      awaitGone(oldest);
      // The younger segments are gone, as Ratis drops them first; the oldest comes back.
      Files.move(copy, oldest);
    }

    Diary again = new Diary();
    closeLater(open(again));

    assertThat(again.words()).hasSize(21).endsWith("word 9", "last");
  }

  private static void awaitGone(Path file) {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (Files.exists(file) && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void damage_that_acknowledged_entries_follow_is_refused_and_nothing_is_changed()
      throws Exception {
    tenWords();
    Path segment = find(path, "log_inprogress_.*");
    byte[] bytes = Files.readAllBytes(segment);
    int middle = new String(bytes, ISO_8859_1).indexOf("word 5");
    overwrite(segment, middle, new byte[] {'W'});
    byte[] damaged = Files.readAllBytes(segment);

    assertThatThrownBy(() -> open(new Diary()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(segment + " is damaged at byte ")
        .hasMessageContaining("acknowledged entries may be lost");
    assertThat(Files.readAllBytes(segment)).isEqualTo(damaged);

    // The refusal lets go of the directory, so that a repair can be tried at once.
    overwrite(segment, middle, new byte[] {'w'});
    Diary diary = new Diary();
    RaftLog log = open(diary);
    assertThat(diary.words()).hasSize(10);
    closeLater(log);
  }

  @Test
  void a_damaged_snapshot_is_refused() throws Exception {
    Diary diary = new Diary();
    try (RaftLog log = open(diary)) {
      diary.write(log, "word").get(30, SECONDS);
      log.snapshot().get(30, SECONDS);
    }
    Path snapshot = find(path, "snapshot\\.[0-9_]+");
    overwrite(snapshot, Files.size(snapshot) - 1, new byte[] {'D'});

    assertThatThrownBy(() -> open(new Diary()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(snapshot + " does not match its digest");
  }

  @Test
  void a_snapshot_without_its_digest_was_never_finished_and_does_not_count() throws Exception {
    Diary diary = new Diary();
    try (RaftLog log = open(diary)) {
      diary.write(log, "word").get(30, SECONDS);
      log.snapshot().get(30, SECONDS);
    }
    Files.delete(find(path, "snapshot\\..*md5"));

    Diary again = new Diary();
    RaftLog log = open(again);

    assertThat(again.events()).containsExactly("entry word", "leads");
    closeLater(log);
  }

  @Test
  void the_log_takes_snapshots_by_itself_and_drops_the_segments_they_replace() throws Exception {
    RaftLogConfig config =
        new RaftLogConfig(path, "alone", List.of(), Duration.ofMillis(500), 10 << 20);
    RaftLog log = new RaftLog(config);
    Diary diary = new Diary();
    diary.forgetful();
    log.open(diary);
    String big = "x".repeat(1 << 20);
    for (int i = 0; i < 40; i++) {
      diary.write(log, big).get(30, SECONDS);
    }
    long snapshot = log.snapshot().get(30, SECONDS);
    log.close();

    long kept = 0;
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        kept += Files.size(file);
      }
    }
    assertThat(kept).isLessThan(20 << 20);
    assertThat(diary.saves()).isGreaterThan(2);
    Diary again = new Diary();
    RaftLog reopened = new RaftLog(config);
    reopened.open(again);
    assertThat(again.index()).isGreaterThanOrEqualTo(snapshot);
    closeLater(reopened);
  }

  @Test
  void a_log_is_not_opened_for_other_peers_than_it_was_made_for() throws Exception {
    open(new Diary()).close();
    List<RaftLogConfig.Peer> peers =
        List.of(
            new RaftLogConfig.Peer("alone", "127.0.0.1", 1),
            new RaftLogConfig.Peer("b", "127.0.0.1", 2),
            new RaftLogConfig.Peer("c", "127.0.0.1", 3));

    assertThatThrownBy(
            () -> new RaftLog(RaftLogConfig.member(path, "alone", peers)).open(new Diary()))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the log in "
                + path
                + " was made for the peers [alone] and cannot be opened for"
                + " [alone@127.0.0.1:1, b@127.0.0.1:2, c@127.0.0.1:3]");
  }

  @Test
  void a_replica_that_cannot_apply_what_is_durable_keeps_the_log_from_opening() throws Exception {
    tenWords();
    Diary diary = new Diary();
    diary.refuse("word 5");

    assertThatThrownBy(() -> open(diary))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be opened: refused word 5");
    assertThat(diary.words()).hasSize(5);
    assertThat(diary.halt()).isNotDone();
  }

  @Test
  void a_disk_that_fails_halts_the_log_and_fails_what_is_in_flight() throws Exception {
    Diary diary = new Diary();
    RaftLog log = open(diary);
    diary.write(log, "before").get(30, SECONDS);
    // A directory that goes away shows when the next segment is begun.
    Path segments = find(path, "current");
    Files.move(segments, segments.resolveSibling("gone"));
    String big = "x".repeat(1 << 20);
    List<CompletableFuture<Long>> appended = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      appended.add(diary.write(log, big));
    }

    assertThat(diary.halt().get(30, SECONDS)).isInstanceOf(IOException.class);
    assertThat(appended.getLast()).isCompletedExceptionally();
    assertThat(log.leader()).isFalse();
    assertThat(log.append(new byte[1])).isCompletedExceptionally();
    log.close();
  }

  @Test
  void a_callback_may_append_and_close() throws Exception {
    Diary diary = new Diary();
    RaftLog log = open(diary);
    CompletableFuture<Long> second = diary.write(log, "a").thenCompose(_ -> diary.write(log, "b"));
    CompletableFuture<Void> closed = second.thenRun(log::close);

    closed.get(30, SECONDS);
    assertThat(diary.words()).containsExactly("a", "b");
    log.close();
    Diary again = new Diary();
    closeLater(open(again));
    assertThat(again.words()).containsExactly("a", "b");
  }
}
