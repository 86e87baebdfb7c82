package dev.longshore.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of measurements. */
class RecentMetricsTest {
  private static final Metric REQUESTS =
      new Metric("AWS/ApplicationELB", "RequestCount", Map.of("LoadBalancer", "app/a/1"));
  private static final Metric TIMES =
      new Metric("AWS/ApplicationELB", "TargetResponseTime", Map.of("LoadBalancer", "app/a/1"));

  private final RecentMetrics store = new RecentMetrics(1_000);

  @Test
  void the_last_value_of_a_minute_is_its_value() {
    store.put(REQUESTS, 10, Statistics.of(3));
    store.put(REQUESTS, 11, Statistics.of(4));
    store.put(REQUESTS, 10, Statistics.of(5));
    assertThat(store.values(REQUESTS, 10, 12))
        .isEqualTo(Map.of(10L, Statistics.of(5), 11L, Statistics.of(4)));
    assertThat(store.values(REQUESTS, 11, 12)).containsOnlyKeys(11L);
    assertThat(store.values(TIMES, 0, 20)).isEmpty();
  }

  @Test
  void three_hours_are_kept_and_less_of_more() {
    for (int minute = 0; minute < 400; minute++) {
      store.put(REQUESTS, minute, Statistics.of(1));
    }
    assertThat(store.values(REQUESTS, 0, 400)).hasSize(180).containsKey(399L);
    store.put(TIMES, 100, Statistics.of(1));
    assertThat(store.metrics()).containsExactly(REQUESTS);
    for (int i = 0; i < 5_000; i++) {
      store.put(new Metric("n", "m" + i, Map.of()), 400, Statistics.of(1));
    }
    assertThat(store.metrics()).hasSize(1_000);
    assertThat(store.values(REQUESTS, 0, 401)).isEmpty();
  }

  @Test
  void percentiles_are_those_of_all_samples() {
    Statistics times = Statistics.of(1.2, Map.of(0.001, 90L, 0.01, 9L, 1.0, 1L));
    assertThat(times.samples()).isEqualTo(100);
    assertThat(times.average()).isEqualTo(0.012);
    assertThat(times.percentile(0.5)).isEqualTo(0.001);
    assertThat(times.percentile(0.99)).isEqualTo(0.01);
    assertThat(times.percentile(1)).isEqualTo(1.0);
    assertThat(Statistics.of(2).and(4)).isEqualTo(new Statistics(6, 2, 4, 2, Map.of()));
  }

  @Test
  void the_last_whole_minute_is_shown_as_exporters_of_cloudwatch_do() {
    store.put(REQUESTS, 9, Statistics.of(8));
    store.put(REQUESTS, 10, Statistics.of(7));
    store.put(REQUESTS, 11, Statistics.of(6));
    store.put(TIMES, 10, Statistics.of(0.2, Map.of(0.1, 2L)));
    store.put(
        new Metric("AWS/ApplicationELB", "HealthyHostCount", Map.of("TargetGroup", "t")),
        10,
        Statistics.of(3).and(1));
    assertThat(MetricText.of(store, Instant.ofEpochSecond(11 * 60 + 20)))
        .contains(
            """
            # TYPE aws_applicationelb_request_count_sum gauge
            aws_applicationelb_request_count_sum{load_balancer="app/a/1"} 7.0
            """)
        .contains("aws_applicationelb_target_response_time_p99{load_balancer=\"app/a/1\"} 0.1\n")
        .contains("aws_applicationelb_healthy_host_count_minimum{target_group=\"t\"} 1.0\n")
        .doesNotContain("8.0")
        .doesNotContain("6.0");
  }
}
