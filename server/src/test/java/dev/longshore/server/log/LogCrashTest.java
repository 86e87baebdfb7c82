package dev.longshore.server.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCrashTest {
  // A second each; a longer run is one property away.
  private static final int KILLS = Integer.getInteger("longshore.log.kills", 21);

  @TempDir static Path directory = Path.of("");

  private final Random random = new Random(20260101);
  private final List<String> transcript = new ArrayList<>();
  private long acknowledged = -1;
  private int snapshots;

  @Test
  void a_process_killed_at_any_moment_has_lost_no_acknowledged_entry() throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      run(Long.MAX_VALUE, random.nextInt(kill % 4 == 0 ? 3 : 400));
    }
    run(acknowledged + 100, -1);

    assertThat(acknowledged).isGreaterThan(1_000);
    assertThat(snapshots).as("restarts from a snapshot").isGreaterThan(KILLS / 2);
  }

  /** Starts a writer, kills it after so many lines (never if negative), believes what it said. */
  private void run(long end, int linesBeforeKill) throws IOException, InterruptedException {
    Process process = start(end);
    transcript.add("-- " + process.pid() + ", killed after " + linesBeforeKill);
    int lines = 0;
    try (BufferedReader out = process.inputReader(UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        heard(line);
        if (lines++ == linesBeforeKill) {
          process
              .toHandle()
              .destroyForcibly(); // Unlike the process itself, leaves its output open.
        }
      }
    } finally {
      process.destroyForcibly();
    }
    int expected = linesBeforeKill < 0 ? 0 : 128 + 9;
    assertThat(process.waitFor()).as(() -> tail()).isEqualTo(expected);
  }

  private void heard(String line) {
    transcript.add(line);
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "start" -> {}
      case "snapshot" -> snapshots++;
      case "restored" ->
          assertThat(Long.parseLong(words[1])).as(() -> tail()).isGreaterThan(acknowledged);
      case "acknowledged" -> acknowledged = Long.parseLong(words[1]);
      default -> throw new AssertionError(tail());
    }
  }

  private String tail() {
    List<String> end = transcript.subList(Math.max(0, transcript.size() - 30), transcript.size());
    try {
      return String.join("\n", end) + "\n" + Files.readString(errors());
    } catch (IOException e) {
      return String.join("\n", end) + "\n" + e;
    }
  }

  private static Path errors() {
    return directory.resolve("errors");
  }

  private Process start(long end) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Xlog:disable",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            directory.resolve("log").toString(),
            Long.toString(random.nextLong()),
            Long.toString(end));
    return builder.redirectError(errors().toFile()).start();
  }
}
