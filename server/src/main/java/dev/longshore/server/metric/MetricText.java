package dev.longshore.server.metric;

import dev.longshore.gateway.metric.Exposition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The last whole minute of all metrics as Prometheus scrapes it: a gauge for each statistic, much
 * as exporters of CloudWatch call them.
 */
public final class MetricText {
  /** A minute is whole once gateways had the time to tell of it. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private MetricText() {}

  public static String of(MetricStore store, Instant now) {
    long until = TimeUnit.SECONDS.toMinutes(now.minus(PATIENCE).getEpochSecond());
    Map<String, List<String>> gauges = new TreeMap<>();
    for (Metric metric : store.metrics()) {
      store.values(metric, until - 1, until).values().forEach(value -> add(gauges, metric, value));
    }
    StringBuilder text = new StringBuilder();
    gauges.forEach((name, lines) -> {
      text.append("# TYPE ").append(name).append(" gauge\n");
      lines.forEach(text::append);
    });
    return text.toString();
  }

  private static void add(Map<String, List<String>> gauges, Metric metric, Statistics value) {
    String name =
        metric.namespace().replace('/', '_').toLowerCase(Locale.ROOT)
            + '_'
            + Exposition.snake(metric.name());
    StringBuilder labels = new StringBuilder();
    metric
        .dimensions()
        .forEach((dimension, of) ->
            labels
                .append(labels.isEmpty() ? "{" : ",")
                .append(Exposition.label(Exposition.snake(dimension), of)));
    labels.append(labels.isEmpty() ? " " : "} ");
    shown(metric, value)
        .forEach((statistic, number) ->
            gauges
                .computeIfAbsent(name + '_' + statistic, each -> new ArrayList<>())
                .add(name + '_' + statistic + labels + number + '\n'));
  }

  private static Map<String, Double> shown(Metric metric, Statistics value) {
    if (!value.values().isEmpty()) {
      return Map.of(
          "average",
          value.average(),
          "p50",
          value.percentile(0.5),
          "p90",
          value.percentile(0.9),
          "p99",
          value.percentile(0.99),
          "maximum",
          value.maximum());
    }
    return metric.name().endsWith("HostCount")
        ? Map.of("average", value.average(), "minimum", value.minimum(), "maximum", value.maximum())
        : Map.of("sum", value.sum());
  }
}
