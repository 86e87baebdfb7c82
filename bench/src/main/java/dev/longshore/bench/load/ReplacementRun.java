package dev.longshore.bench.load;

import dev.longshore.agent.docker.Event;
import dev.longshore.bench.report.Latencies;
import dev.longshore.bench.report.Report;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Kills a container of the same service on Longshore and on Docker Swarm, in turns, and takes the
 * time until the replacement runs.
 */
public final class ReplacementRun {
  private static final WebService WEB = new WebService(3, 100, 200);
  private static final long LOOK_NANOS = 5_000_000;
  private static final List<String> PHASES =
      List.of(
          "until the engine tells of the end",
          "until a container is created",
          "until it is started",
          "until its orchestrator's API says so");
  private static final List<String> ACTIONS = List.of("die", "create", "start");

  private final Report report;

  private ReplacementRun(Report report) {
    this.report = report;
  }

  /** Runs it and adds the table. */
  public static void run(Report report, int rounds) throws IOException, InterruptedException {
    WebService.loadImage();
    new ReplacementRun(report).run(rounds);
  }

  private void run(int rounds) throws IOException, InterruptedException {
    List<long[]> theirs = new ArrayList<>();
    List<long[]> ours = new ArrayList<>();
    try (Orchestrator swarm = new SwarmService(WEB);
        Orchestrator longshore = new EcsService(WEB);
        EventLog swarmEvents = new EventLog(swarm.label());
        EventLog longshoreEvents = new EventLog(longshore.label())) {
      for (int round = 0; round <= rounds; round++) {
        long[] their = replaced(swarm, swarmEvents);
        long[] our = replaced(longshore, longshoreEvents);
        // The first round warms both up.
        if (round > 0) {
          theirs.add(their);
          ours.add(our);
        }
      }
    }
    table(ours, theirs);
  }

  /** The nanoseconds of each phase. */
  private static long[] replaced(Orchestrator orchestrator, EventLog events)
      throws IOException, InterruptedException {
    List<Orchestrator.Target> before = await(orchestrator, List.of());
    String victim = before.getFirst().container();
    Json state = EngineApi.call("GET", "/containers/" + victim + "/json", Json.none());
    ProcessHandle process = ProcessHandle.of(state.at("State", "Pid").number()).orElseThrow();
    events.forget();
    Instant last = Instant.now();
    process.destroyForcibly();
    await(orchestrator, List.of(before.getFirst()));
    Instant answered = Instant.now();
    long[] phases = new long[PHASES.size()];
    for (int at = 0; at < ACTIONS.size(); at++) {
      Instant time = next(events, ACTIONS.get(at));
      phases[at] = Duration.between(last, time).toNanos();
      last = time;
    }
    phases[ACTIONS.size()] = Duration.between(last, answered).toNanos();
    return phases;
  }

  private static Instant next(EventLog events, String action)
      throws IOException, InterruptedException {
    Event event = events.next();
    while (!event.action().equals(action)) {
      event = events.next();
    }
    return event.time();
  }

  /** Waits until all run, and none of these is among them. */
  private static List<Orchestrator.Target> await(
      Orchestrator orchestrator, List<Orchestrator.Target> gone) throws IOException {
    while (true) {
      List<Orchestrator.Target> running = orchestrator.running();
      if (running.size() == WEB.tasks() && gone.stream().noneMatch(running::contains)) {
        return running;
      }
      // Asking without a pause would take a core from what is measured.
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private void table(List<long[]> ours, List<long[]> theirs) {
    report.line("| what | Longshore | Docker Swarm |");
    report.line("|---|---|---|");
    for (int at = 0; at < PHASES.size(); at++) {
      report.line("| " + PHASES.get(at) + " | " + part(ours, at) + " | " + part(theirs, at) + " |");
    }
    int api = ACTIONS.size();
    Latencies ourStarts = sum(ours, api);
    Latencies theirStarts = sum(theirs, api);
    report.line("| killed → replacement started | " + ourStarts + " | " + theirStarts + " |");
    Latencies ourAll = sum(ours, api + 1);
    Latencies theirAll = sum(theirs, api + 1);
    report.line("| killed → the API says RUNNING | " + ourAll + " | " + theirAll + " |");
    report.line(
        String.format(
            Locale.ROOT,
            "| ratio of the medians, to the start and to the answer | %.2f, %.2f | 1 |",
            ourStarts.millis(50) / theirStarts.millis(50),
            ourAll.millis(50) / theirAll.millis(50)));
  }

  private static Latencies part(List<long[]> rounds, int at) {
    return new Latencies(rounds.stream().mapToLong(phases -> phases[at]).toArray());
  }

  private static Latencies sum(List<long[]> rounds, int phases) {
    return new Latencies(
        rounds.stream().mapToLong(each -> LongStream.of(each).limit(phases).sum()).toArray());
  }
}
