package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StatisticsTest {
  private static String sample(int second, long cpuNanos, long rxBytes) {
    return """
    {"read":"2026-11-21T10:00:%02d.5Z",
     "cpu_stats":{"cpu_usage":{"total_usage":%d},"online_cpus":2},
     "memory_stats":{"usage":3145728,"stats":{"cache":1048576}},
     "blkio_stats":{"io_service_bytes_recursive":[
       {"op":"Read","value":10},{"op":"read","value":1},{"op":"Write","value":20}]},
     "networks":{"eth0":{"rx_bytes":%d,"tx_bytes":7},"eth1":{"rx_bytes":1,"tx_errors":2}}}
    """
        .formatted(second, cpuNanos, rxBytes);
  }

  private static final Json EARLIER = Json.parse(sample(10, 1_000_000_000L, 100));
  private static final Json LATER = Json.parse(sample(12, 2_000_000_000L, 500));

  @Test
  void two_samples_give_use_and_rates() {
    var statistics = Statistics.between(EARLIER, LATER).orElseThrow();
    assertThat(statistics.cpu()).isEqualTo(25.0);
    assertThat(statistics.memory()).isEqualTo(2.0);
    assertThat(statistics.readBytes()).isEqualTo(11);
    assertThat(statistics.writeBytes()).isEqualTo(20);
    var network = Objects.requireNonNull(statistics.network());
    assertThat(network.rxBytes()).isEqualTo(501);
    assertThat(network.txErrors()).isEqualTo(2);
    assertThat(network.rxBytesPerSecond()).isEqualTo(200.0);
    assertThat(network.txBytesPerSecond()).isZero();
  }

  @Test
  void counters_that_began_anew_give_no_negative_rates() {
    var restarted = Json.parse(sample(14, 5, 3));
    var statistics = Statistics.between(LATER, restarted).orElseThrow();
    assertThat(statistics.cpu()).isZero();
    assertThat(Objects.requireNonNull(statistics.network()).rxBytesPerSecond()).isZero();
  }

  @Test
  void samples_of_a_stopped_container_give_nothing() {
    var stopped = Json.parse("{\"read\":\"0001-01-01T00:00:00Z\"}");
    assertThat(Statistics.between(EARLIER, stopped)).isEmpty();
    assertThat(Statistics.between(stopped, LATER)).isEmpty();
    assertThat(Statistics.between(Json.none(), LATER)).isEmpty();
    assertThat(Statistics.between(LATER, LATER)).isEmpty();
  }

  @Test
  void a_container_of_the_hosts_network_has_no_counters() {
    var plain = Json.parse("{\"read\":\"2026-11-21T10:00:13Z\"}");
    assertThat(Statistics.between(EARLIER, plain).orElseThrow().network()).isNull();
  }

  @Test
  void a_broken_stream_is_taken_up_again_and_a_missing_container_is_not() throws Exception {
    var seen = new ArrayBlockingQueue<Statistics>(10);
    var gone = new CountDownLatch(1);
    try (var fake = new FakeEngine();
        var engine = DockerEngine.at(fake.address());
        var watcher = new StatisticsWatcher(engine, (id, taken) -> seen.add(taken))) {
      fake.on(
          "GET /v1.41/containers/x/stats",
          (q, wire) -> {
            fake.on("GET /v1.41/containers/x/stats", (q2, wire2) -> second(wire2, gone));
            wire.chunkedHead();
            wire.chunk(sample(10, 0, 0) + sample(11, 0, 0));
            wire.close();
          });
      watcher.follow("x");
      watcher.follow("x");
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(seen.poll(10, TimeUnit.SECONDS)).isNotNull();
      assertThat(watcher.latest("x")).isPresent();
      watcher.forget("x");
      gone.await();
      assertThat(watcher.latest("x")).isEmpty();
      assertThat(fake.lines().stream().filter(line -> line.contains("stats"))).hasSize(2);
    }
  }

  private static void second(FakeEngine.Wire wire, CountDownLatch gone) throws IOException {
    wire.chunkedHead();
    wire.chunk(sample(20, 0, 0) + sample(21, 0, 0));
    wire.awaitGone();
    gone.countDown();
  }
}
