package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.ImageArchive;
import dev.longshore.agent.docker.RootFile;
import dev.longshore.bench.report.Latencies;
import dev.longshore.bench.report.Report;
import dev.longshore.wire.json.Members;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Kills containers of a service and takes the time until the replacement is RUNNING as the API
 * tells it, in turns with the time that {@code docker run -d} takes for the same container.
 */
public final class HealingRun {
  private static final String IMAGE = "longshore/healing:1";
  private static final Pattern RUNTIME =
      Pattern.compile("\"runtimeId\":\"([0-9a-f]+)\",\"lastStatus\":\"RUNNING\"");
  private static final int TASKS = 3;
  private static final long LOOK_NANOS = 5_000_000;

  private final Report report;
  private final ServerProcess server;
  private final Connection connection;
  private final Signer signer;

  private HealingRun(Report report, ServerProcess server, Connection connection) {
    this.report = report;
    this.server = server;
    this.connection = connection;
    this.signer = new Signer(server.rootKeys(), "us-east-1", "ecs");
  }

  /** Runs it and adds the table. */
  public static void run(Report report, int rounds) throws IOException, InterruptedException {
    loadImage();
    try (ServerProcess server = new ServerProcess(2, 0);
        Connection connection = new Connection(server.endpoint())) {
      new HealingRun(report, server, connection).run(rounds);
    }
  }

  private static void loadImage() throws IOException {
    List<RootFile> files =
        List.of(
            RootFile.copy("bin/busybox", 0755, Path.of("/bin/busybox")),
            RootFile.link("bin/sleep", "busybox"));
    try (ContainerEngine engine = DockerEngine.at(EngineAddress.STANDARD)) {
      engine.images().load(ImageArchive.of(IMAGE, files, new Members().json()));
    }
  }

  private void run(int rounds) throws IOException, InterruptedException {
    call(
        "RegisterTaskDefinition",
        "{\"family\":\"web\",\"containerDefinitions\":[{\"name\":\"web\",\"image\":\""
            + IMAGE
            + "\",\"memory\":32,\"cpu\":64,\"command\":[\"/bin/sleep\",\"3600\"],"
            + "\"portMappings\":[{\"containerPort\":80}]}]}");
    call(
        "CreateService",
        "{\"serviceName\":\"web\",\"taskDefinition\":\"web\",\"desiredCount\":" + TASKS + "}");
    NavigableSet<String> running = awaitOthers(Set.of());
    List<long[]> healing = new ArrayList<>();
    List<long[]> starting = new ArrayList<>();
    for (int round = -1; round < rounds; round++) {
      String victim = running.first();
      ProcessHandle process = ProcessHandle.of(pid(victim)).orElseThrow();
      Instant start = Instant.now();
      process.destroyForcibly();
      running = awaitOthers(Set.of(victim));
      long[] healed = parts(start, Instant.now(), List.of("die", "create", "start"));
      long[] started = dockerRun();
      // The first round warms both up.
      if (round >= 0) {
        healing.add(healed);
        starting.add(started);
      }
    }
    table(healing, starting);
  }

  private void table(List<long[]> healing, List<long[]> starting) {
    report.line("| what | killed → replacement RUNNING | docker run -d |");
    report.line("|---|---|---|");
    report.line("| until the engine tells of the end | " + part(healing, 0) + " | |");
    List<String> parts =
        List.of("until a container is created", "until it is started", "until the answer");
    for (int at = 0; at < parts.size(); at++) {
      report.line(
          "| " + parts.get(at) + " | " + part(healing, at + 1) + " | " + part(starting, at) + " |");
    }
    Latencies ours = whole(healing);
    Latencies theirs = whole(starting);
    report.line("| all | " + ours + " | " + theirs + " |");
    report.line(
        String.format(
            Locale.ROOT,
            "| ratio of the medians | %.2f | 1 |",
            ours.millis(50) / theirs.millis(50)));
  }

  private static String part(List<long[]> rounds, int at) {
    return new Latencies(rounds.stream().mapToLong(parts -> parts[at]).toArray()).toString();
  }

  private static Latencies whole(List<long[]> rounds) {
    return new Latencies(rounds.stream().mapToLong(parts -> LongStream.of(parts).sum()).toArray());
  }

  /** The nanoseconds from the start over the first event of each kind, in order, to the end. */
  private static long[] parts(Instant start, Instant end, List<String> actions)
      throws IOException, InterruptedException {
    List<String> events =
        docker(
                "events",
                "--since",
                seconds(start),
                "--until",
                seconds(end),
                "--filter",
                "type=container",
                "--format",
                "{{.TimeNano}} {{.Action}}")
            .lines()
            .toList();
    long[] parts = new long[actions.size() + 1];
    long before = nanos(start);
    for (int at = 0; at < actions.size(); at++) {
      long time = first(events, actions.get(at));
      parts[at] = time - before;
      before = time;
    }
    parts[actions.size()] = nanos(end) - before;
    return parts;
  }

  private static long first(List<String> events, String action) throws IOException {
    for (String event : events) {
      if (event.endsWith(" " + action)) {
        return Long.parseLong(event.substring(0, event.indexOf(' ')));
      }
    }
    throw new IOException("no event " + action + " in " + events);
  }

  private static long nanos(Instant time) {
    return Math.addExact(time.getEpochSecond() * 1_000_000_000, time.getNano());
  }

  private static String seconds(Instant time) {
    return String.format(Locale.ROOT, "%d.%09d", time.getEpochSecond(), time.getNano());
  }

  /** Waits until all run, and none of these is among them. */
  private NavigableSet<String> awaitOthers(Set<String> gone) throws IOException {
    while (true) {
      String tasks = call("ListTasks", "{\"serviceName\":\"web\"}");
      String arns = tasks.substring(tasks.indexOf('['), tasks.indexOf(']') + 1);
      NavigableSet<String> running = new TreeSet<>();
      if (arns.length() > 2) {
        Matcher matcher = RUNTIME.matcher(call("DescribeTasks", "{\"tasks\":" + arns + "}"));
        while (matcher.find()) {
          running.add(matcher.group(1));
        }
      }
      if (running.size() == TASKS && gone.stream().noneMatch(running::contains)) {
        return running;
      }
      // Asking without a pause would take a core from what is measured.
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private String call(String operation, String json) throws IOException {
    return connection.call(ApiCall.of(server.endpoint(), signer, operation, json));
  }

  private static long pid(String container) throws IOException, InterruptedException {
    return Long.parseLong(docker("inspect", "-f", "{{.State.Pid}}", container));
  }

  private static long[] dockerRun() throws IOException, InterruptedException {
    Instant start = Instant.now();
    String id =
        docker("run", "-d", "-p", "80", "-m", "32m", "-c", "64", IMAGE, "/bin/sleep", "3600");
    long[] parts = parts(start, Instant.now(), List.of("create", "start"));
    docker("rm", "-f", id);
    return parts;
  }

  private static String docker(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("docker"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
    return printed;
  }
}
