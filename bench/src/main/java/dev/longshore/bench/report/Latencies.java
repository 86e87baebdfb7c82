package dev.longshore.bench.report;

import java.util.Arrays;
import java.util.Locale;

/** How long each call of a run took. */
public final class Latencies {
  private final long[] sorted;

  /**
   * @param nanos one for each call
   */
  public Latencies(long[] nanos) {
    sorted = nanos.clone();
    Arrays.sort(sorted);
  }

  /** How many calls there were. */
  public int count() {
    return sorted.length;
  }

  /** The time within which so many percent of the calls were answered, in milliseconds. */
  public double millis(double percent) {
    int at = (int) Math.ceil(sorted.length * percent / 100) - 1;
    return sorted[Math.clamp(at, 0, sorted.length - 1)] / 1e6;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "p50 %.2f ms, p99 %.2f ms, max %.2f ms", millis(50), millis(99), millis(100));
  }
}
