package dev.longshore.e2e;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The {@code longshore} command in a process of its own, as users run it. */
final class Program implements AutoCloseable {
  private static final long LIMIT_SECONDS = 120;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final List<Wait> waits = new ArrayList<>();
  private final Thread reader;

  private record Wait(Predicate<String> wanted, CompletableFuture<String> line) {}

  private Program(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().start(this::read);
  }

  /** Starts the program with these words. */
  static Program start(List<String> variables, String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+UseSerialGC");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("longshore.lib") + "/*");
    command.add("dev.longshore.cli.Longshore");
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    for (String variable : variables) {
      int equals = variable.indexOf('=');
      builder.environment().put(variable.substring(0, equals), variable.substring(equals + 1));
    }
    return new Program(builder.start());
  }

  private void read() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        heard(line);
      }
    } catch (IOException e) {
      // A killed program's output is cut off, which ends it as well.
      heard("(the output was cut off: " + e.getMessage() + ")");
    } finally {
      failWaits();
    }
  }

  private synchronized void heard(String line) {
    lines.add(line);
    waits.stream().filter(wait -> wait.wanted.test(line)).forEach(wait -> wait.line.complete(line));
  }

  private synchronized void failWaits() {
    IllegalStateException over = new IllegalStateException("the program ended: " + lines);
    waits.forEach(wait -> wait.line.completeExceptionally(over));
  }

  /** The first line, past or to come, that contains the text. */
  String line(String text) throws InterruptedException {
    CompletableFuture<String> found = new CompletableFuture<>();
    synchronized (this) {
      lines.stream().filter(line -> line.contains(text)).findFirst().ifPresent(found::complete);
      waits.add(new Wait(line -> line.contains(text), found));
    }
    try {
      return found.get(LIMIT_SECONDS, SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("\"" + text + "\" was not printed: " + printed(), e);
    }
  }

  synchronized List<String> printed() {
    return List.copyOf(lines);
  }

  /** Waits for the end and returns the status. */
  int status() throws InterruptedException {
    if (!process.waitFor(LIMIT_SECONDS, SECONDS)) {
      throw new IllegalStateException("the program does not end: " + printed());
    }
    reader.join();
    return process.exitValue();
  }

  /** SIGKILL: nothing of the program runs any more when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** SIGTERM, as Ctrl-C does, and the end of it. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(LIMIT_SECONDS, SECONDS).exceptionally(late -> process).join();
    if (process.isAlive()) {
      process.destroyForcibly();
      throw new IllegalStateException("the program did not end by itself: " + printed());
    }
  }

  /** The words after a word in one of the printed lines. */
  static @Nullable String wordAfter(String line, String word) {
    List<String> words = List.of(line.split(" "));
    int at = words.indexOf(word);
    return at < 0 || at + 1 == words.size() ? null : words.get(at + 1);
  }
}
