package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway keeps in files and shows beside its traffic. */
class ProcessTest {
  @TempDir private Path directory = Path.of("");

  @Test
  void routes_are_kept_for_their_owner_alone_and_followed() throws Exception {
    RoutesFile file = new RoutesFile(directory.resolve("routes.json"));
    assertThat(file.read()).isEmpty();
    file.write(new Routes(1, List.of(), List.of()));
    assertThat(Files.getPosixFilePermissions(directory.resolve("routes.json")))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    BlockingQueue<Routes> heard = new LinkedBlockingQueue<>();
    Thread follower =
        Thread.ofVirtual()
            .start(() -> {
              try {
                file.follow(heard::add);
              } catch (IOException e) {
                heard.add(Routes.none());
              }
            });
    assertThat(version(heard)).isEqualTo(1);
    Files.writeString(directory.resolve("routes.json"), "{ half");
    file.write(new Routes(2, List.of(), List.of()));
    long next = version(heard);
    assertThat(next).isEqualTo(2);
    follower.interrupt();
    follower.join();
  }

  private static long version(BlockingQueue<Routes> heard) throws InterruptedException {
    Routes routes = heard.poll(20, TimeUnit.SECONDS);
    assertThat(routes).isNotNull();
    return routes.version();
  }

  @Test
  void a_file_that_holds_no_routes_is_told() throws Exception {
    Path path = directory.resolve("routes.json");
    Files.writeString(path, "[1");
    assertThatThrownBy(() -> new RoutesFile(path).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("routes.json");
  }

  @Test
  void counters_are_shown_to_prometheus() throws Exception {
    try (Backend target = Backend.saying("hello");
        Scene scene = new Scene();
        MetricsPage page =
            MetricsPage.serve(
                scene.gateway().metrics()::prometheus,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      scene.group("g", target.port()).to("g").apply();
      scene.get("/");
      try (Wire wire = new Wire(page.address())) {
        String body = wire.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n").answer().body();
        assertThat(body)
            .contains("# TYPE longshore_gateway_request_count_total counter")
            .contains("longshore_gateway_http_code_target_2xx_count_total{target_group=")
            .contains("longshore_gateway_target_response_time_seconds_count{load_balancer=");
      }
    }
  }

  @Test
  void a_client_stays_with_its_target_by_cookie_while_that_is_there() throws Exception {
    try (Backend one = Backend.saying("one");
        Backend two = Backend.saying("two");
        Scene scene = new Scene()) {
      scene.group("g", one.port(), two.port()).to("g");
      Map<String, String> sticky =
          Map.of("stickiness.enabled", "true", "stickiness.lb_cookie.duration_seconds", "60");
      scene.group(scene.known("g").withAttributes(sticky)).apply();
      Wire.Answer first = scene.get("/");
      String cookie = first.header("Set-Cookie");
      assertThat(cookie).matches("AWSALB=\\S+; Expires=.* GMT; Path=/");
      assertThat(first.head()).contains("AWSALBCORS=").contains("SameSite=None; Secure");
      String back = "GET / HTTP/1.1\r\nHost: a\r\nCookie: x=y; " + cookie.split(";")[0];
      for (int i = 0; i < 10; i++) {
        assertThat(scene.ask(back + "\r\n\r\n").body()).isEqualTo(first.body());
      }
      int stays = first.body().equals("one") ? two.port() : one.port();
      scene.group(scene.known("g").withTargets(List.of(Target.of("127.0.0.1", stays)))).apply();
      Wire.Answer other = scene.ask(back + "\r\n\r\n");
      assertThat(other.status()).isEqualTo(200);
      assertThat(other.body()).isNotEqualTo(first.body());
      assertThat(other.header("Set-Cookie")).isNotEqualTo(cookie);
    }
  }
}
