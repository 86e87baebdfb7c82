package dev.longshore.bench.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server in processes of its own: the backend, or what stands in front of it. */
final class Contender implements AutoCloseable {
  private static final long START_NANOS = 30_000_000_000L;
  private static final long LOOK_NANOS = 20_000_000L;
  private static final double TICKS_A_SECOND = 100;
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+[0-9]+\\s+([0-9]+)");

  private final String name;
  private final int port;
  private final Process process;

  /** Starts one and waits until it listens. */
  Contender(String name, int port, List<String> command) throws IOException {
    this.name = name;
    this.port = port;
    process =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    awaitStart();
  }

  private Contender(String name, int port, Process process) {
    this.name = name;
    this.port = port;
    this.process = process;
  }

  /** Another port of the same processes. */
  Contender at(String name, int port) {
    return new Contender(name, port, process);
  }

  private void awaitStart() throws IOException {
    long end = System.nanoTime() + START_NANOS;
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw new IOException(name + " did not start", e);
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  /** The processor time of all its processes so far, in seconds. */
  double processorSeconds() throws IOException {
    try (Stream<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())) {
      double seconds = 0;
      for (ProcessHandle each : all.toList()) {
        seconds += ticks(each.pid()) / TICKS_A_SECOND;
      }
      return seconds;
    }
  }

  private static long ticks(long pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      // What follows the name, which stands in parentheses; user and system time are 12th and 13th.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (NoSuchFileException ended) {
      return 0;
    }
  }

  /** The memory of all its processes that is resident, in MiB. */
  long residentMiB() throws IOException {
    try (Stream<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants())) {
      long sum = 0;
      for (ProcessHandle each : all.toList()) {
        sum += dev.longshore.bench.load.ServerProcess.residentMiB(each.pid());
      }
      return sum;
    }
  }

  /** What lives on its heap after a full collection, in bytes; of a JVM. */
  long liveBytes() throws IOException, InterruptedException {
    Process histogram =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()),
                "GC.class_histogram")
            .start();
    String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Matcher total = TOTAL.matcher(text);
    if (histogram.waitFor() != 0 || !total.find()) {
      throw new IOException("jcmd told no total: " + text);
    }
    return Long.parseLong(total.group(1));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
