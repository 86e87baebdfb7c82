package dev.longshore.bench.load;

import dev.longshore.bench.report.Report;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What of RunTask's time is placement: calls through the public, signed API while the server's
 * threads are sampled, and the share of the samples in which placement is at work.
 */
public final class LaunchRun {
  private static final int COPIES = 10;
  private static final int GROUPS = 200;

  /** The thread on which the server decides. */
  private static final String ENGINE = "engine";

  private static final List<String> PLACEMENT =
      List.of("dev.longshore.core.placement.", "dev.longshore.core.task.Fleets");
  private static final String ZONES =
      "{\"type\":\"spread\",\"field\":\"attribute:ecs.availability-zone\"}";

  /** What is asked of placement, by its name in the report. */
  private record Wish(String name, String json) {}

  private static final List<Wish> WISHES =
      List.of(
          new Wish("nothing", ""),
          new Wish(
              "spread over zones, then instances",
              ",\"placementStrategy\":["
                  + ZONES
                  + ",{\"type\":\"spread\",\"field\":\"instanceId\"}]"),
          new Wish(
              "memberOf two zones, distinctInstance, spread over zones, binpack by memory",
              ",\"placementStrategy\":["
                  + ZONES
                  + ",{\"type\":\"binpack\",\"field\":\"memory\"}],\"placementConstraints\":["
                  + "{\"type\":\"distinctInstance\"},{\"type\":\"memberOf\",\"expression\":"
                  + "\"attribute:ecs.availability-zone in [us-east-1a, us-east-1b]\"}]"));

  private final Report report;
  private final ServerProcess server;
  private final int connections;
  private final Signer signer;

  private LaunchRun(Report report, ServerProcess server, int connections) {
    this.report = report;
    this.server = server;
    this.connections = connections;
    this.signer = new Signer(server.rootKeys(), "us-east-1", "ecs");
  }

  /**
   * Runs it and adds the table.
   *
   * @param instances simulated container instances
   * @param tasks of each kind of call
   */
  public static void run(Report report, int instances, int tasks, int connections)
      throws IOException, InterruptedException {
    report.line(
        "| asked of placement | rate | times of calls of 10 | placement, of the deciding thread |"
            + " placement, of all threads |");
    report.line("|---|---|---|---|---|");
    try (ServerProcess server = new ServerProcess(0, instances)) {
      LaunchRun run = new LaunchRun(report, server, connections);
      try (Connection connection = new Connection(server.endpoint())) {
        connection.call(
            run.call(
                "RegisterTaskDefinition",
                "{\"family\":\"load\",\"containerDefinitions\":[{\"name\":\"main\",\"image\":"
                    + "\"load\",\"cpu\":10,\"memory\":16,\"essential\":true}]}"));
      }
      for (Wish wish : WISHES) {
        run.burst(wish, tasks / 4);
      }
      for (Wish wish : WISHES) {
        run.measure(wish, tasks);
      }
    }
  }

  private ApiCall call(String operation, String json) {
    return ApiCall.of(server.endpoint(), signer, operation, json);
  }

  private void measure(Wish wish, int tasks) throws IOException, InterruptedException {
    server.startRecording();
    Burst burst = burst(wish, tasks);
    Path recording = Files.createTempFile("longshore-launches", ".jfr");
    try {
      server.stopRecording(recording);
      Samples samples = Samples.of(recording);
      report.line(
          String.format(
              Locale.ROOT,
              "| %s | %,.0f tasks/s | %s | **%.1f %%** of %,d samples | %.1f %% of %,d |",
              wish.name,
              tasks / burst.seconds(),
              burst.latencies(),
              100.0 * samples.placement / Math.max(1, samples.engine),
              samples.engine,
              100.0 * samples.placement / Math.max(1, samples.all),
              samples.all));
    } finally {
      Files.delete(recording);
    }
  }

  private Burst burst(Wish wish, int tasks) throws IOException, InterruptedException {
    List<ApiCall> calls = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      String json =
          "{\"taskDefinition\":\"load\",\"count\":10,\"group\":\"g" + group + '"' + wish.json + '}';
      calls.add(call("RunTask", json));
    }
    AtomicInteger incomplete = new AtomicInteger();
    Burst burst =
        Burst.run(
            server.endpoint(),
            connections,
            tasks / COPIES,
            number -> calls.get(number % GROUPS),
            answer -> incomplete.addAndGet(answer.contains("\"failures\":[]") ? 0 : 1));
    if (incomplete.get() > 0) {
      throw new IOException(incomplete + " calls did not start all of their tasks");
    }
    return burst;
  }

  /** How many samples of running threads there are, on the deciding thread, and in placement. */
  private record Samples(int all, int engine, int placement) {
    static Samples of(Path recording) throws IOException {
      int all = 0;
      int engine = 0;
      int placement = 0;
      for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
        if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
          all++;
          RecordedThread thread = event.getThread("sampledThread");
          boolean decides = thread != null && ENGINE.equals(thread.getJavaName());
          engine += decides ? 1 : 0;
          placement += decides && isPlacement(event) ? 1 : 0;
        }
      }
      return new Samples(all, engine, placement);
    }

    private static boolean isPlacement(RecordedEvent event) {
      return event.getStackTrace() != null
          && event.getStackTrace().getFrames().stream()
              .map(frame -> frame.getMethod().getType().getName())
              .anyMatch(type -> PLACEMENT.stream().anyMatch(type::startsWith));
    }
  }
}
