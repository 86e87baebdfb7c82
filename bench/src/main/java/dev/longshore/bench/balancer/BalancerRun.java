package dev.longshore.bench.balancer;

import dev.longshore.bench.report.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Sends the same load through each by turns. */
public final class BalancerRun {
  private static final int WARM_UP_SECONDS = 8;
  private static final int ALONE_SECONDS = 2;
  private static final int IDLE = 10_000;

  private final Report report;
  private final int rounds;
  private final int seconds;
  private final Setting setting;

  private BalancerRun(Report report, int rounds, int seconds, Setting setting) {
    this.report = report;
    this.rounds = rounds;
    this.seconds = seconds;
    this.setting = setting;
  }

  /** Runs it and adds the tables. */
  public static void run(Report report, int rounds, int seconds)
      throws IOException, InterruptedException {
    try (Setting setting = new Setting()) {
      BalancerRun run = new BalancerRun(report, rounds, seconds, setting);
      run.warmUp();
      report.line(
          "| load | through | requests a second (min, median, max) | p99 | CPU a request |");
      report.line("|---|---|---|---|---|");
      List<Contender> http = List.of(setting.nginx(), setting.haproxy(), setting.longshore());
      List<Contender> tcp = List.of(setting.haproxyTcp(), setting.longshoreTcp());
      List<String> ratios = new ArrayList<>();
      run.compare("HTTP, 64 connections", 64, http, ratios);
      run.compare("HTTP, 256 connections", 256, http, ratios);
      run.compare("TCP, 64 connections", 64, tcp, ratios);
      report.line("");
      ratios.forEach(report::line);
      report.line("");
      run.alone();
      report.line("");
      report.line(
          "Resident at the end: nginx "
              + setting.nginx().residentMiB()
              + " MiB, HAProxy "
              + setting.haproxy().residentMiB()
              + " MiB, Longshore "
              + setting.longshore().residentMiB()
              + " MiB.");
      report.line("");
      run.idle();
    }
  }

  private void warmUp() throws IOException, InterruptedException {
    report.progress("warming up");
    Round.of(setting.longshore(), 64, WARM_UP_SECONDS);
    Round.of(setting.longshoreTcp(), 64, WARM_UP_SECONDS / 2);
    Round.of(setting.haproxy(), 64, 1);
    Round.of(setting.nginx(), 64, 1);
  }

  private void compare(
      String what, int connections, List<Contender> contenders, List<String> ratios)
      throws IOException, InterruptedException {
    Map<Contender, List<Round>> all = new LinkedHashMap<>();
    contenders.forEach(each -> all.put(each, new ArrayList<>()));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        Contender each = contenders.get((turn + round) % contenders.size());
        Round result = Round.of(each, connections, seconds);
        report.progress(what + ", " + each.name() + ": " + result);
        all.getOrDefault(each, new ArrayList<>()).add(result);
      }
    }
    all.forEach((each, results) -> report.line(row(what, each, results)));
    List<Round> ours = all.getOrDefault(contenders.getLast(), List.of());
    for (Contender peer : contenders.subList(0, contenders.size() - 1)) {
      List<Round> theirs = all.getOrDefault(peer, List.of());
      ratios.add(
          String.format(
              Locale.ROOT,
              "* %s, beside %s: rate %.2f, p99 %.2f, CPU a request %.2f of its.",
              what,
              peer.name(),
              median(ours, Round::rate) / median(theirs, Round::rate),
              median(ours, Round::p99) / median(theirs, Round::p99),
              median(ours, Round::processorMicros) / median(theirs, Round::processorMicros)));
    }
  }

  private static String row(String what, Contender each, List<Round> results) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.0f, **%.0f**, %.0f | %.2f ms | %.1f µs |",
        what,
        each.name(),
        results.stream().mapToDouble(Round::rate).min().orElse(0),
        median(results, Round::rate),
        results.stream().mapToDouble(Round::rate).max().orElse(0),
        median(results, Round::p99) / 1e3,
        median(results, Round::processorMicros));
  }

  private void idle() throws IOException, InterruptedException {
    report.progress("opening " + IDLE + " connections");
    Contender longshore = setting.longshore();
    long liveBefore = longshore.liveBytes();
    long residentBefore = longshore.residentMiB();
    try (var _ = new IdleConnections(longshore.port(), IDLE, Setting.CONTENT)) {
      long live = longshore.liveBytes() - liveBefore;
      report.line(
          String.format(
              Locale.ROOT,
              "%d connections that had one answer and stay idle hold %d bytes of heap each;"
                  + " resident memory grew by %d MiB in all.",
              IDLE,
              live / IDLE,
              longshore.residentMiB() - residentBefore));
    }
    report.line("");
  }

  private static double median(List<Round> results, ToDoubleFunction<Round> part) {
    return results.stream()
        .mapToDouble(part)
        .sorted()
        .skip(results.size() / 2)
        .findFirst()
        .orElse(0);
  }

  private void alone() throws IOException, InterruptedException {
    List<Contender> all =
        List.of(
            setting.backend(),
            setting.nginx(),
            setting.haproxy(),
            setting.longshore(),
            setting.haproxyTcp(),
            setting.longshoreTcp());
    Map<Contender, List<Round>> results = new LinkedHashMap<>();
    for (int round = 0; round < 3; round++) {
      for (Contender each : all) {
        results
            .computeIfAbsent(each, one -> new ArrayList<>())
            .add(Round.of(each, 1, ALONE_SECONDS));
      }
    }
    double direct = median(results.getOrDefault(setting.backend(), List.of()), Round::median);
    report.line("| one connection | median | added to direct | p99 |");
    report.line("|---|---|---|---|");
    results.forEach((each, times) ->
        report.line(
            String.format(
                Locale.ROOT,
                "| %s | %.0f µs | %.0f µs | %.0f µs |",
                each.name(),
                median(times, Round::median),
                median(times, Round::median) - direct,
                median(times, Round::p99))));
  }
}
