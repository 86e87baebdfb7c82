package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.signature.Credentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A control plane with simulated instances in a process of its own. */
public final class ServerProcess implements AutoCloseable {
  private static final Pattern USED = Pattern.compile("(?m)^ *(?:DefNew|Tenured).* used (\\d+)K");

  private final String launcher;
  private final Path data;
  private final Process process;
  private final URI endpoint;
  private final Credentials keys;

  /**
   * Starts one and waits until it is ready.
   *
   * @param instances how many container instances of this machine it brings up
   * @param simulated how many container instances only pretend
   * @param more further options of {@code longshore up}
   */
  public ServerProcess(int instances, int simulated, String... more) throws IOException {
    launcher = launcher();
    data = Files.createTempDirectory("longshore-load");
    List<String> words = new ArrayList<>(List.of("up", "--data-dir", data.toString()));
    words.addAll(List.of("--port", "0", "--instances", Integer.toString(instances)));
    words.addAll(List.of("--simulate", Integer.toString(simulated)));
    words.addAll(List.of(more));
    process = start(words.toArray(String[]::new));
    endpoint = URI.create(ready(process));
    keys = keys();
  }

  /** The launcher turns into the server's process, so that its pid is the server's. */
  private static String launcher() throws IOException {
    String launcher = System.getProperty("longshore.launcher");
    if (launcher == null) {
      throw new IOException("-Dlongshore.launcher must name the program to measure");
    }
    return launcher;
  }

  private Process start(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static String ready(Process process) throws IOException {
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      int at = line.indexOf("http://");
      if (at >= 0) {
        return line.substring(at, line.indexOf(' ', at));
      }
    }
    throw new IOException("the server ended before it was ready");
  }

  private Credentials keys() throws IOException {
    Process env = start("env", "--data-dir", data.toString());
    String id = "";
    String secret = "";
    for (String line : env.inputReader().readAllLines()) {
      String value = line.substring(line.indexOf('=') + 1).replace("'", "").replace("\"", "");
      if (line.contains("AWS_ACCESS_KEY_ID=")) {
        id = value;
      } else if (line.contains("AWS_SECRET_ACCESS_KEY=")) {
        secret = value;
      }
    }
    return Credentials.of(id, secret);
  }

  /** Where it serves. */
  public URI endpoint() {
    return endpoint;
  }

  /** The account's root key pair. */
  public Credentials rootKeys() {
    return keys;
  }

  /** The heap in use after a full collection, in MiB. */
  long heapMiB() throws IOException {
    jcmd("GC.run");
    // A line of each generation of the serial collector: "Tenured    total 258048K, used 1166K [".
    long kilobytes = 0;
    Matcher used = USED.matcher(jcmd("GC.heap_info"));
    while (used.find()) {
      kilobytes += Long.parseLong(used.group(1));
    }
    return kilobytes / 1024;
  }

  /** The memory of the process that is resident, in MiB. */
  public long residentMiB() throws IOException {
    return residentMiB(process.pid());
  }

  /** The memory of a process of this machine that is resident, in MiB. */
  public static long residentMiB(long pid) throws IOException {
    Path status = Path.of("/proc/" + pid + "/status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("no VmRSS in " + status);
  }

  /** The processor time that the process has used so far. */
  Duration processorTime() throws IOException {
    return process.info().totalCpuDuration().orElseThrow(() -> new IOException("no such process"));
  }

  /** The log and its snapshots, in MiB. */
  long logMiB() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files.mapToLong(file -> file.toFile().length()).sum() / (1024 * 1024);
    }
  }

  /** From now on the server's threads are sampled. */
  void startRecording() throws IOException {
    jcmd("JFR.start", "name=load", "settings=profile");
  }

  /** Ends the sampling and keeps what was found. */
  void stopRecording(Path file) throws IOException {
    jcmd("JFR.stop", "name=load", "filename=" + file);
  }

  private String jcmd(String... words) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(process.pid()));
    command.addAll(List.of(words));
    Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(run.getInputStream().readAllBytes(), UTF_8);
  }

  /** Ends it and removes what it wrote. */
  @Override
  public void close() throws IOException {
    process.destroy();
    process.onExit().join();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
