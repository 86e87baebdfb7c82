package dev.longshore.gateway.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counters cut into minutes. */
class MinutesTest {
  private static final String BALANCER = "app/a/1";

  private final Metrics metrics = new Metrics();
  private final Minutes minutes = new Minutes(metrics);

  private void look(long second) {
    minutes.look(Instant.ofEpochSecond(second));
  }

  private long requests(int minute) {
    return minutes
        .kept()
        .get(minute)
        .balancers()
        .getOrDefault(BALANCER, Tallied.NONE)
        .count(Count.REQUEST);
  }

  @Test
  void each_minute_has_what_was_counted_in_it() {
    metrics.balancer(BALANCER).add(Count.REQUEST, 2);
    look(10);
    metrics.balancer(BALANCER).add(Count.REQUEST);
    look(50);
    metrics.balancer(BALANCER).add(Count.REQUEST, 5);
    look(61);
    look(130);
    assertThat(minutes.kept()).extracting(Minute::minute).containsExactly(0L, 1L, 2L);
    assertThat(requests(0)).isEqualTo(3);
    assertThat(requests(1)).isEqualTo(5);
    assertThat(requests(2)).isZero();
  }

  @Test
  void times_are_cut_as_counts_are_and_what_is_open_is_as_of_the_end() {
    Counts counts = metrics.balancer(BALANCER);
    counts.latencies().add(TimeUnit.MILLISECONDS.toNanos(1));
    counts.add(Count.ACTIVE_CONNECTION, 3);
    look(1);
    counts.latencies().add(TimeUnit.MILLISECONDS.toNanos(100));
    counts.add(Count.ACTIVE_CONNECTION, -1);
    look(61);
    Tallied second = minutes.kept().getLast().balancers().getOrDefault(BALANCER, Tallied.NONE);
    assertThat(second.latencyNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(second.latencies().values()).containsExactly(1L);
    assertThat(second.latencies().keySet().iterator().next()).isBetween(100_000L, 112_500L);
    assertThat(second.count(Count.ACTIVE_CONNECTION)).isEqualTo(2);
  }

  @Test
  void a_name_that_is_counted_anew_is_not_counted_below_nothing() {
    metrics.group("g").add(Count.REQUEST, 9);
    look(1);
    metrics.retain(Set.of(), Set.of());
    metrics.group("g").add(Count.REQUEST, 4);
    look(61);
    assertThat(minutes.kept().getLast().groups())
        .isEqualTo(Map.of("g", new Tallied(Map.of(Count.REQUEST, 4L), Map.of(), 0)));
  }

  @Test
  void a_clock_that_is_set_back_prolongs_a_minute_and_old_ones_are_forgotten() {
    look(120);
    metrics.balancer(BALANCER).add(Count.REQUEST);
    look(30);
    assertThat(minutes.kept()).hasSize(1);
    assertThat(requests(0)).isEqualTo(1);
    for (int minute = 3; minute < 40; minute++) {
      look(minute * 60L);
    }
    assertThat(minutes.kept()).hasSize(Minutes.KEPT);
    assertThat(minutes.kept().getLast().minute()).isEqualTo(39);
  }
}
