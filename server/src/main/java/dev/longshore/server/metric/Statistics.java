package dev.longshore.server.metric;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a minute's samples come to, as CloudWatch keeps it.
 *
 * @param samples how many there were, at least one
 * @param values how many samples had about which value; empty where nobody asks for percentiles
 */
public record Statistics(
    double sum, double minimum, double maximum, long samples, Map<Double, Long> values) {
  public Statistics {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
  }

  /** A single sample. */
  public static Statistics of(double sample) {
    return new Statistics(sample, sample, sample, 1, Map.of());
  }

  /**
   * Many samples whose values are known about.
   *
   * @param sum of all, exactly
   * @param values by how many samples had them; at least one
   */
  public static Statistics of(double sum, Map<Double, Long> values) {
    TreeMap<Double, Long> ordered = new TreeMap<>(values);
    long samples = ordered.values().stream().mapToLong(Long::longValue).sum();
    return new Statistics(sum, ordered.firstKey(), ordered.lastKey(), samples, ordered);
  }

  /** With a further sample; percentiles are not kept. */
  public Statistics and(double sample) {
    return new Statistics(
        sum + sample, Math.min(minimum, sample), Math.max(maximum, sample), samples + 1, Map.of());
  }

  public double average() {
    return sum / samples;
  }

  /**
   * The value that this share of all samples does not exceed; the maximum where values are not
   * kept.
   *
   * @param share from 0 to 1
   */
  public double percentile(double share) {
    long wanted = (long) Math.ceil(samples * share);
    long seen = 0;
    for (Map.Entry<Double, Long> each : values.entrySet()) {
      seen += each.getValue();
      if (seen >= wanted) {
        return each.getKey();
      }
    }
    return maximum;
  }
}
