package dev.longshore.e2e;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Targets that were to get nothing more from a moment on, and what the gateway's own access log
 * says of the last request that each was sent. All clocks are this machine's.
 */
final class Departures {
  private final Map<String, Departure> all = new LinkedHashMap<>();

  /**
   * One target.
   *
   * @param address as the access log names it
   * @param since when it began to get requests
   * @param decided when it was decided that it gets no more
   */
  private record Departure(String address, Instant since, Instant decided) {}

  /** A task that its service stops is deregistered in the same turn. */
  void stopped(Json task) {
    if (task.at("stopCode").text().equals("ServiceSchedulerInitiated")) {
      add(task, time(task.at("stoppingAt")));
    }
  }

  /** Tasks get no more by the weights that are asked for now. */
  void switched(List<Json> tasks) {
    Instant now = Instant.now();
    tasks.forEach(task -> add(task, now));
  }

  private void add(Json task, Instant decided) {
    for (Json container : task.at("containers").elements()) {
      for (Json binding : container.at("networkBindings").elements()) {
        String address = binding.at("bindIP").text() + ':' + binding.at("hostPort").number();
        all.putIfAbsent(
            task.at("taskArn").text(), new Departure(address, time(task.at("startedAt")), decided));
      }
    }
  }

  private static Instant time(Json seconds) {
    return Instant.ofEpochMilli(Math.round(seconds.fraction() * 1000));
  }

  /** For each target, how many milliseconds after the decision its last request was sent to it. */
  List<Long> lastRequests(Path accessLogs) throws IOException {
    Map<String, List<Instant>> sent = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(accessLogs)) {
      for (Path file : files.toList()) {
        Files.readAllLines(file).forEach(line -> read(line, sent));
      }
    }
    List<Long> after = new ArrayList<>();
    for (Departure each : all.values()) {
      sent.getOrDefault(each.address, List.of()).stream()
          .filter(time -> time.isAfter(each.since))
          .max(Instant::compareTo)
          .ifPresent(last -> after.add(Duration.between(each.decided, last).toMillis()));
    }
    return after.stream().sorted().toList();
  }

  /** The time in a line is that of its end; from there it is counted back to the sending. */
  private static void read(String line, Map<String, List<Instant>> sent) {
    String[] words = line.split(" ");
    double seconds = Double.parseDouble(words[6]) + Double.parseDouble(words[7]);
    Instant forwarded = Instant.parse(words[1]).minusMillis(Math.round(seconds * 1000));
    sent.computeIfAbsent(words[4], target -> new ArrayList<>()).add(forwarded);
  }
}
