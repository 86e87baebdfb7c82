package dev.longshore.bench.placement;

import dev.longshore.bench.report.Report;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How many placements a second. Hosts are half full; a round places tasks, which is timed, and then
 * stops as many at random, which is not. Both schedulers see the same start and the same kind of
 * rounds, one after the other in each repetition. Every answer is checked against {@link Books}.
 */
public final class PlacementRun {
  private static final int SEED = 1;
  private static final int MOST_FOR_PEER = 10_000;
  private static final int MOST_LATENCIES = 1_000_000;

  private final Report report;
  private final int repetitions;
  private final double seconds;

  /**
   * A run.
   *
   * @param seconds timed in each repetition, at least; a round is always finished
   */
  private PlacementRun(Report report, int repetitions, double seconds) {
    this.report = report;
    this.repetitions = repetitions;
    this.seconds = seconds;
  }

  /**
   * Measures at each size and adds the tables.
   *
   * @param sizes container instances
   * @param seconds of a sample
   * @param withPeer whether Fenzo takes turns with ours
   */
  public static void run(
      Report report, List<Integer> sizes, int repetitions, double seconds, boolean withPeer) {
    new PlacementRun(report, repetitions, seconds).run(sizes, withPeer);
  }

  private void run(List<Integer> sizes, boolean withPeer) {
    report.line(
        "| instances | engine | placements/s: least, median, most | share of a core | p50, p99,"
            + " p99.9, most |");
    report.line("|---|---|---|---|---|");
    for (int size : sizes) {
      measure(size, withPeer && size <= MOST_FOR_PEER);
    }
    report.line("");
  }

  private void measure(int size, boolean withPeer) {
    Workload workload = Workload.of(size, SEED);
    // A round takes up to a tenth of the instances' number in tasks, so the fill stays about half.
    int rounds = Math.max(1, size / 10 / workload.kinds().size());
    try (Lane ours = new Lane(workload, LongshoreScheduler::new, rounds, SEED)) {
      ours.measure(2 * seconds);
      if (!withPeer) {
        repeat(ours, null);
        rows(size, ours, null);
        return;
      }
      try (Lane peer = new Lane(workload, FenzoScheduler::new, 1, SEED)) {
        peer.measure(seconds);
        repeat(ours, peer);
        rows(size, ours, peer);
      }
    }
  }

  private void repeat(Lane ours, @Nullable Lane peer) {
    for (int at = 0; at < repetitions; at++) {
      if (peer != null) {
        peer.rates.add(peer.measure(seconds));
      }
      ours.rates.add(ours.measure(seconds));
      report.progress(
          String.format(
              Locale.ROOT,
              "%d hosts, repetition %d: %,.0f/s, peer %,.0f/s",
              ours.size(),
              at + 1,
              ours.rates.median(),
              peer == null ? Double.NaN : peer.rates.median()));
    }
  }

  private void rows(int size, Lane ours, @Nullable Lane peer) {
    long[] times = ours.latencies(MOST_LATENCIES);
    report.line(
        String.format(
            Locale.ROOT,
            "| %,d | Longshore | %,.0f · **%,.0f** · %,.0f | %.2f | %s |",
            size,
            ours.rates.least(),
            ours.rates.median(),
            ours.rates.most(),
            ours.shares.median(),
            percentiles(times)));
    if (peer != null) {
      report.line(
          String.format(
              Locale.ROOT,
              "| %,d | Fenzo 1.0.1 | %,.0f · **%,.0f** · %,.0f | several threads |"
                  + " ratio of medians %,.0f |",
              size,
              peer.rates.least(),
              peer.rates.median(),
              peer.rates.most(),
              ours.rates.median() / peer.rates.median()));
    }
  }

  private static String percentiles(long[] sorted) {
    int count = sorted.length;
    return String.format(
        Locale.ROOT,
        "%.2f, %.2f, %.2f, %.0f µs",
        sorted[count / 2] / 1e3,
        sorted[(int) (count * 0.99)] / 1e3,
        sorted[(int) (count * 0.999)] / 1e3,
        sorted[count - 1] / 1e3);
  }
}
