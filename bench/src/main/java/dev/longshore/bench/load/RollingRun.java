package dev.longshore.bench.load;

import dev.longshore.agent.docker.Event;
import dev.longshore.bench.report.Latencies;
import dev.longshore.bench.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rolling updates of the same service by Longshore and by Docker Swarm, in turns and under the same
 * load, while every change that the engine tells is counted.
 */
public final class RollingRun {
  private static final int TASKS = 6;
  private static final List<WebService> SERVICES =
      List.of(new WebService(TASKS, 100, 200), new WebService(TASKS, 50, 100));

  /** How far a container is. */
  private enum Step {
    CREATED,
    HEALTHY,
    STOPPING
  }

  /** What became of one orchestrator's updates. */
  private static final class Course {
    final List<Long> nanos = new ArrayList<>();
    final List<Long> startNanos = new ArrayList<>();
    int leastHealthy = Integer.MAX_VALUE;
    int mostHealthy;
    int mostAtAll;
    int answered;
    int failed;

    void note(Map<String, Step> steps) {
      int healthy = (int) steps.values().stream().filter(Step.HEALTHY::equals).count();
      leastHealthy = Math.min(leastHealthy, healthy);
      mostHealthy = Math.max(mostHealthy, healthy);
      mostAtAll = Math.max(mostAtAll, steps.size());
    }

    double startMillis() {
      return latencies(startNanos).millis(50);
    }

    Latencies durations() {
      return latencies(nanos);
    }

    private static Latencies latencies(List<Long> nanos) {
      return new Latencies(nanos.stream().mapToLong(Long::longValue).toArray());
    }
  }

  private final Report report;

  private RollingRun(Report report) {
    this.report = report;
  }

  /** Runs it and adds the table. */
  public static void run(Report report, int rounds) throws IOException, InterruptedException {
    WebService.loadImage();
    report.line(
        "| percents, bounds | orchestrator | an update took | of that, until the last start (p50)"
            + " | ratio of medians | healthy at once | containers at once"
            + " | requests answered, failed |");
    report.line("|---|---|---|---|---|---|---|---|");
    for (WebService web : SERVICES) {
      new RollingRun(report).run(web, rounds);
    }
  }

  private void run(WebService web, int rounds) throws IOException, InterruptedException {
    Course theirs = new Course();
    Course ours = new Course();
    try (Orchestrator swarm = new SwarmService(web);
        Orchestrator longshore = new EcsService(web)) {
      for (int round = 0; round <= rounds; round++) {
        // The first round warms both up.
        update(swarm, round + 1, round == 0 ? new Course() : theirs);
        update(longshore, round + 1, round == 0 ? new Course() : ours);
        report.progress("round " + round + " of " + rounds);
      }
    }
    double ratio = ours.durations().millis(50) / theirs.durations().millis(50);
    row(web, "Longshore", ours, String.format(Locale.ROOT, "%.2f", ratio));
    row(web, "Docker Swarm", theirs, "1");
  }

  private void row(WebService web, String name, Course course, String ratio) {
    report.line(
        String.format(
            Locale.ROOT,
            "| %d/%d: %d to %d | %s | %s | %.0f ms | %s | %d to %d | %d | %d, %d |",
            web.minimumHealthyPercent(),
            web.maximumPercent(),
            web.least(),
            web.most(),
            name,
            course.durations(),
            course.startMillis(),
            ratio,
            course.leastHealthy,
            course.mostHealthy,
            course.mostAtAll,
            course.answered,
            course.failed));
  }

  private static void update(Orchestrator orchestrator, int version, Course course)
      throws IOException, InterruptedException {
    try (ConstantLoad load = new ConstantLoad(orchestrator);
        EventLog events = new EventLog(orchestrator.label())) {
      Set<String> old = new HashSet<>();
      load.await(TASKS).forEach(target -> old.add(target.container()));
      Map<String, Step> steps = new HashMap<>();
      old.forEach(container -> steps.put(container, Step.HEALTHY));
      events.forget();
      Instant start = Instant.now();
      orchestrator.update(version);
      Instant started = start;
      Instant end = start;
      while (!isOver(steps, old)) {
        Event event = events.next();
        advance(steps, event);
        course.note(steps);
        end = event.time();
        started = event.action().equals("start") ? end : started;
      }
      course.nanos.add(Duration.between(start, end).toNanos());
      course.startNanos.add(Duration.between(start, started).toNanos());
      load.await(TASKS);
      course.answered += load.answered();
      course.failed += load.failed();
    }
  }

  /** A container is healthy from its start until it is told to end. */
  private static void advance(Map<String, Step> steps, Event event) {
    switch (event.action()) {
      case "create" -> steps.put(event.id(), Step.CREATED);
      case "start" -> steps.put(event.id(), Step.HEALTHY);
      case "kill" -> steps.replace(event.id(), Step.STOPPING);
      case "die" -> steps.remove(event.id());
      default -> {}
    }
  }

  private static boolean isOver(Map<String, Step> steps, Set<String> old) {
    return steps.size() == TASKS
        && steps.values().stream().allMatch(Step.HEALTHY::equals)
        && steps.keySet().stream().noneMatch(old::contains);
  }
}
