package dev.longshore.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.longshore.agent.docker.Busybox;
import dev.longshore.agent.docker.LogQuery;
import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.docker.StatisticsWatcher;
import dev.longshore.wire.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("docker")
@Timeout(60)
class TaskEndpointDockerTest {
  private static final Path SETTING = Path.of("/proc/sys/net/ipv4/conf/all/route_localnet");

  @ParameterizedTest
  @ValueSource(strings = {"bridge", "host"})
  void a_container_reads_about_itself(String networkMode) throws Exception {
    assumeTrue(Files.isWritable(SETTING), "needs root");
    var before = Files.readString(SETTING);
    try (var busybox = new Busybox();
        var server = TaskEndpointServer.start("127.0.0.1", TaskEndpointServer.STANDARD_PORT)) {
      var agent = new Agent();
      agent.grant("role-id");
      server.register(agent);
      var route = TaskEndpointRoute.open(server.address().getPort()).orElseThrow();
      try (route) {
        var script =
            get("169.254.170.2 80", "/v4/e-full")
                + get("169.254.170.2 80", "/v2/credentials/role-id");
        var spec = busybox.shell(script).hostConfig("NetworkMode", Json.of(networkMode));
        var id = busybox.run("reads", spec);
        assertThat(busybox.engine().containers().await(id).code()).isZero();
        var answers = output(busybox, id).split("HTTP/1.1 200 OK");
        assertThat(body(answers[1]).at("Name").text()).isEqualTo("app");
        assertThat(body(answers[2]).at("AccessKeyId").text()).isEqualTo("ASIAX");
      }
    }
    assertThat(Files.readString(SETTING)).isEqualTo(before);
  }

  @Test
  void other_loopback_ports_stay_out_of_containers_reach() throws Exception {
    assumeTrue(Files.isWritable(SETTING), "needs root");
    try (var busybox = new Busybox();
        var server = TaskEndpointServer.start("127.0.0.1", 0)) {
      server.register(new Agent());
      var port = server.address().getPort();
      try (var route = TaskEndpointRoute.open(port).orElseThrow()) {
        assertThat(route).isNotNull();
        // A container that gives up its own loopback address can send packets for the host's.
        var script =
            "busybox ip addr del 127.0.0.1/8 dev lo;"
                + "busybox ip route add 127.0.0.1/32 via 172.17.0.1 dev eth0;"
                + get("169.254.170.2 80", "/v4/nope")
                + get("127.0.0.1 " + port, "/v4/e-full");
        var setting = Json.fields(Map.of("net.ipv4.conf.all.route_localnet", "1"));
        var spec =
            busybox
                .shell(script)
                .hostConfig("CapAdd", Json.items(List.of("NET_ADMIN")))
                .hostConfig("Sysctls", setting);
        var id = busybox.run("asks", spec);
        assertThat(busybox.engine().containers().await(id).code()).isNotZero();
        assertThat(output(busybox, id)).contains("404 Not Found").doesNotContain("DockerId");
      }
    }
  }

  /** The static busybox's wget crashes where there is no C library; its netcat does not. */
  private static String get(String where, String path) {
    return "printf 'GET " + path + " HTTP/1.0\\r\\n\\r\\n' | busybox nc -w 3 " + where + ";";
  }

  private static Json body(String answer) {
    return Json.parse(answer.substring(answer.indexOf("\r\n\r\n")));
  }

  private static String output(Busybox busybox, String id) {
    var text = new StringBuilder();
    try (var log = busybox.engine().containers().logs(id, LogQuery.all())) {
      for (var piece = log.next(); piece.isPresent(); piece = log.next()) {
        text.append(piece.get().text());
      }
    }
    return text.toString();
  }

  @Test
  void statistics_of_a_real_container_are_followed() throws Exception {
    var taken = new ArrayBlockingQueue<Statistics>(100);
    try (var busybox = new Busybox();
        var watcher =
            new StatisticsWatcher(busybox.engine(), (id, sample) -> taken.offer(sample))) {
      var id = busybox.run("busy", "while true; do true; done");
      watcher.follow(id);
      var sample = taken.poll(10, TimeUnit.SECONDS);
      assertThat(sample).isNotNull();
      var second = taken.poll(10, TimeUnit.SECONDS);
      assertThat(second).isNotNull();
      assertThat(second.time()).isAfter(sample.time());
      assertThat(second.cpu()).isBetween(1.0, 110.0);
      assertThat(second.memory()).isBetween(0.0, 100.0);
      assertThat(second.network()).isNotNull();
      assertThat(watcher.latest(id)).isPresent();
    }
  }
}
