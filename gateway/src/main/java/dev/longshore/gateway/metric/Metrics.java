package dev.longshore.gateway.metric;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** All counters of a gateway, by the names that CloudWatch's dimensions have. */
public final class Metrics {
  private static final long[] BOUNDS_MICROS = {
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000
  };

  private final Map<String, Counts> balancers = new ConcurrentHashMap<>();
  private final Map<String, Counts> groups = new ConcurrentHashMap<>();

  /** The counters of a load balancer, by {@code app/NAME/ID}. */
  public Counts balancer(String name) {
    Counts known = balancers.get(name);
    return known == null ? balancers.computeIfAbsent(name, each -> new Counts()) : known;
  }

  /** The counters of a target group, by {@code targetgroup/NAME/ID}. */
  public Counts group(String name) {
    Counts known = groups.get(name);
    return known == null ? groups.computeIfAbsent(name, each -> new Counts()) : known;
  }

  /** All load balancers that were ever counted for. */
  public Map<String, Counts> balancers() {
    return new ConcurrentSkipListMap<>(balancers);
  }

  /** All target groups that were ever counted for. */
  public Map<String, Counts> groups() {
    return new ConcurrentSkipListMap<>(groups);
  }

  /** Forgets what the routes no longer name, so that names cannot pile up. */
  public void retain(
      java.util.Set<String> balancersThatStay, java.util.Set<String> groupsThatStay) {
    balancers.keySet().retainAll(balancersThatStay);
    groups.keySet().retainAll(groupsThatStay);
  }

  /** The text that Prometheus scrapes (its format 0.0.4). Counters that stand at 0 are left out. */
  public String prometheus() {
    StringBuilder text = new StringBuilder();
    for (Count count : Count.values()) {
      String name =
          "longshore_gateway_"
              + Exposition.snake(count.metric())
              + (count.isGauge() ? "" : "_total");
      StringBuilder lines = new StringBuilder();
      lines(lines, name, "load_balancer", balancers(), count);
      lines(lines, name, "target_group", groups(), count);
      if (!lines.isEmpty()) {
        text.append("# TYPE ").append(name).append(count.isGauge() ? " gauge\n" : " counter\n");
        text.append(lines);
      }
    }
    String name = "longshore_gateway_target_response_time_seconds";
    text.append("# TYPE ").append(name).append(" histogram\n");
    balancers().forEach((each, counts) -> histogram(text, name, "load_balancer", each, counts));
    groups().forEach((each, counts) -> histogram(text, name, "target_group", each, counts));
    return text.toString();
  }

  private static void lines(
      StringBuilder text, String name, String label, Map<String, Counts> all, Count count) {
    all.forEach((each, counts) -> {
      long sum = counts.sum(count);
      if (sum != 0) {
        text.append(name).append('{').append(Exposition.label(label, each)).append("} ");
        text.append(sum).append('\n');
      }
    });
  }

  private static void histogram(
      StringBuilder text, String name, String label, String each, Counts counts) {
    long all = counts.latencies().count();
    if (all == 0) {
      return;
    }
    String start = "{" + Exposition.label(label, each);
    for (long bound : BOUNDS_MICROS) {
      text.append(name).append("_bucket").append(start).append(",le=\"");
      text.append(bound / 1e6).append("\"} ");
      text.append(counts.latencies().atMost(bound)).append('\n');
    }
    text.append(name).append("_bucket").append(start).append(",le=\"+Inf\"} ").append(all);
    text.append('\n').append(name).append("_sum").append(start).append("} ");
    text.append(counts.latencies().totalNanos() / (double) TimeUnit.SECONDS.toNanos(1));
    text.append('\n').append(name).append("_count").append(start).append("} ").append(all);
    text.append('\n');
  }
}
