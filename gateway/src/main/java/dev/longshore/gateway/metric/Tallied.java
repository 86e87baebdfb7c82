package dev.longshore.gateway.metric;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was counted of one load balancer or target group. Immutable; what is 0 is left out.
 *
 * @param counts those that grow are what came to be within the time; those that also fall are as of
 *     its end
 * @param latencies how many answers took up to so many microseconds, by the widths of {@link
 *     Latencies}
 * @param latencyNanos the sum of all answers' times
 */
public record Tallied(Map<Count, Long> counts, Map<Long, Long> latencies, long latencyNanos) {
  /** Nothing yet. */
  public static final Tallied NONE = new Tallied(Map.of(), Map.of(), 0);

  public Tallied {
    Map<Count, Long> ordered = new EnumMap<>(Count.class);
    ordered.putAll(counts);
    counts = Collections.unmodifiableMap(ordered);
    latencies = Collections.unmodifiableMap(new TreeMap<>(latencies));
  }

  /** All that was counted so far. */
  static Tallied of(Counts all) {
    Map<Count, Long> counts = new EnumMap<>(Count.class);
    for (Count each : Count.values()) {
      long sum = all.sum(each);
      if (sum != 0) {
        counts.put(each, sum);
      }
    }
    return new Tallied(counts, all.latencies().byBound(), all.latencies().totalNanos());
  }

  public boolean isEmpty() {
    return counts.isEmpty() && latencies.isEmpty();
  }

  /** How much of that there is. */
  public long count(Count count) {
    return counts.getOrDefault(count, 0L);
  }

  /** Both together, as of two gateways. */
  public Tallied plus(Tallied other) {
    return combined(other, 1);
  }

  /**
   * What this is more than what was counted earlier; all of this where counting began anew since.
   */
  Tallied since(Tallied earlier) {
    boolean anew =
        earlier.counts.entrySet().stream()
            .anyMatch(each -> !each.getKey().isGauge() && count(each.getKey()) < each.getValue());
    return anew ? this : combined(earlier, -1);
  }

  private Tallied combined(Tallied other, int sign) {
    Map<Count, Long> sums = new EnumMap<>(Count.class);
    sums.putAll(counts);
    other.counts.forEach((count, number) -> {
      if (sign > 0 || !count.isGauge()) {
        sums.merge(count, sign * number, Tallied::sum);
      }
    });
    Map<Long, Long> times = new TreeMap<>(latencies);
    other.latencies.forEach((bound, number) -> times.merge(bound, sign * number, Tallied::sum));
    sums.values().removeIf(each -> each == 0);
    times.values().removeIf(each -> each == 0);
    return new Tallied(sums, times, latencyNanos + sign * other.latencyNanos);
  }

  private static Long sum(Long one, Long other) {
    return one + other;
  }
}
