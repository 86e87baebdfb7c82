package dev.longshore.server.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Forwarding;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Tables;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.State;
import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Tallied;
import dev.longshore.server.metric.Metric;
import dev.longshore.server.metric.RecentMetrics;
import dev.longshore.server.metric.Statistics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What several gateways counted, added up. */
class MeterTest {
  private static final String ARN = "arn:aws:elasticloadbalancing:us-east-1:123456789012:";
  private static final String BALANCER = ARN + "loadbalancer/app/web/1";
  private static final String GROUP = ARN + "targetgroup/web/2";
  private static final Map<String, String> OF_BALANCER = Map.of("LoadBalancer", "app/web/1");
  private static final Map<String, String> OF_GROUP =
      Map.of("LoadBalancer", "app/web/1", "TargetGroup", "targetgroup/web/2");
  private static final long NOW = 1_000;

  private Instant time = Instant.ofEpochSecond(NOW * 60);
  private final RecentMetrics store = new RecentMetrics();
  private final Verdicts verdicts = new Verdicts();
  private final Meter meter = new Meter(store, () -> time);

  private static State rows() {
    Draft draft = Draft.on(Tables.empty());
    draft.put(
        LoadBalancer.KIND,
        new LoadBalancer(
            BALANCER,
            "web",
            dev.longshore.shapes.elbv2.LoadBalancer.builder().type("application").build(),
            "127.77.0.1",
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH,
            LoadBalancer.ACTIVE,
            null));
    draft.put(
        TargetGroup.KIND,
        new TargetGroup(
            GROUP,
            "web",
            dev.longshore.shapes.elbv2.TargetGroup.builder().protocol("HTTP").build(),
            new TreeMap<>(),
            List.of(),
            Instant.EPOCH));
    draft.put(Forwarding.KIND, new Forwarding("rule", GROUP, BALANCER));
    draft.put(Target.KIND, Target.registered(GROUP, "i-1", 1, null).found("healthy", "", ""));
    draft.put(Target.KIND, Target.registered(GROUP, "i-1", 2, null).found("healthy", "", ""));
    draft.put(Target.KIND, Target.registered(GROUP, "i-1", 3, null).found("unhealthy", "", ""));
    return draft.state();
  }

  @BeforeEach
  void follow() {
    State rows = rows();
    meter.follow(rows);
    verdicts.expect(rows, GROUP);
  }

  private void counted(String run, long minute, long requests) {
    Tallied tallied = new Tallied(Map.of(Count.REQUEST, requests), Map.of(), 0);
    meter.counted(
        new Counted(
            run,
            minute,
            Map.of("app/web/1", tallied),
            Map.of("targetgroup/web/2", tallied, "targetgroup/gone/3", tallied)));
  }

  private Map<Long, Statistics> values(String metric, Map<String, String> of) {
    return store.values(new Metric("AWS/ApplicationELB", metric, of), 0, NOW + 1_000);
  }

  @Test
  void what_all_gateways_counted_adds_up_and_what_is_told_twice_counts_once() {
    counted("one", NOW, 10);
    counted("two", NOW, 5);
    counted("one", NOW, 12);
    counted("one", NOW, 12);
    assertThat(values("RequestCount", OF_BALANCER)).isEqualTo(Map.of(NOW, Statistics.of(17)));
    assertThat(values("RequestCount", OF_GROUP)).isEqualTo(Map.of(NOW, Statistics.of(17)));
    assertThat(store.metrics()).noneMatch(each -> each.toString().contains("gone"));
  }

  @Test
  void what_was_counted_while_nobody_listened_counts_in_its_own_minute() {
    counted("one", NOW - 15, 1);
    counted("one", NOW - 16, 2);
    counted("one", NOW + 2, 3);
    counted("one", NOW + 3, 4);
    assertThat(values("RequestCount", OF_BALANCER))
        .isEqualTo(Map.of(NOW - 15, Statistics.of(1), NOW + 2, Statistics.of(3)));
  }

  @Test
  void requests_per_target_are_those_of_healthy_ones_on_average() {
    counted("one", NOW, 30);
    assertThat(values("RequestCountPerTarget", OF_GROUP)).isEmpty();
    meter.look(verdicts);
    assertThat(values("RequestCountPerTarget", OF_GROUP)).isEqualTo(Map.of(NOW, Statistics.of(15)));
    counted("two", NOW, 10);
    assertThat(values("RequestCountPerTarget", OF_GROUP)).isEqualTo(Map.of(NOW, Statistics.of(20)));
    assertThat(values("RequestCountPerTarget", OF_BALANCER)).isEmpty();
  }

  @Test
  void hosts_are_counted_once_however_many_gateways_there_are() {
    meter.look(verdicts);
    meter.look(verdicts);
    time = time.plusSeconds(5);
    Draft draft = Draft.on(rows());
    draft.remove(Target.KIND, Target.registered(GROUP, "i-1", 1, null).key());
    verdicts.expect(draft.state(), GROUP);
    meter.look(verdicts);
    assertThat(values("HealthyHostCount", OF_GROUP))
        .isEqualTo(Map.of(NOW, Statistics.of(2).and(1)));
    assertThat(values("UnHealthyHostCount", OF_GROUP))
        .isEqualTo(Map.of(NOW, Statistics.of(1).and(1)));
  }

  @Test
  void times_of_all_gateways_make_one_distribution() {
    Tallied fast = new Tallied(Map.of(), Map.of(1_000L, 99L), 99_000_000);
    Tallied slow = new Tallied(Map.of(), Map.of(2_000_000L, 1L), 2_000_000_000);
    meter.counted(new Counted("one", NOW, Map.of("app/web/1", fast), Map.of()));
    meter.counted(new Counted("two", NOW, Map.of("app/web/1", slow), Map.of()));
    Statistics times = Objects.requireNonNull(values("TargetResponseTime", OF_BALANCER).get(NOW));
    assertThat(times.samples()).isEqualTo(100);
    assertThat(times.percentile(0.99)).isEqualTo(0.001);
    assertThat(times.maximum()).isEqualTo(2);
    assertThat(times.sum()).isEqualTo(2.099);
  }

  @Test
  void more_gateways_than_there_can_be_do_not_count() {
    for (int i = 0; i < 100; i++) {
      counted("run " + i, NOW, 1);
    }
    assertThat(values("RequestCount", OF_BALANCER)).isEqualTo(Map.of(NOW, Statistics.of(64)));
  }
}
