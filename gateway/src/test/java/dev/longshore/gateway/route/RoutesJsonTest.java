package dev.longshore.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.wire.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Routes survive being written and read. */
class RoutesJsonTest {
  private static Routes everything() {
    List<Condition> conditions =
        List.of(
            new Condition.HostHeader(List.of("a.example"), List.of("^b")),
            new Condition.PathPattern(List.of("/x*"), List.of()),
            new Condition.HttpHeader("X-Version", List.of("1"), List.of()),
            new Condition.HttpRequestMethod(List.of("GET")),
            new Condition.QueryString(
                List.of(new Condition.Pair(null, "v"), new Condition.Pair("k", "v"))),
            new Condition.SourceIp(List.of("10.0.0.0/8")));
    Action forward =
        new Action.Forward(
            List.of(new Action.WeightedGroup("g", 3), new Action.WeightedGroup("h", 0)), 60);
    Listener listener =
        new Listener(
            "l",
            Protocol.HTTPS,
            "127.0.0.1",
            443,
            Map.of("tcp.idle_timeout.seconds", "60"),
            new SecurityPolicy(List.of("TLSv1.3"), List.of("TLS_AES_128_GCM_SHA256")),
            List.of(new Certificate("c", "chain", "key")),
            List.of(
                new Rule("r1", 1, conditions, forward),
                new Rule("r2", 2, List.of(), new Action.FixedResponse(404, "text/plain", "no"))),
            Action.Redirect.unchanged(301));
    Target draining = Target.of("10.0.0.1", 80).draining();
    return new Routes(
        42,
        List.of(
            new LoadBalancer(
                "app/a/1",
                "a-1.elb.localhost",
                Map.of("idle_timeout.timeout_seconds", "7"),
                List.of(listener))),
        List.of(
            TargetGroup.http("g", "targetgroup/g/1", List.of(draining))
                .withAttributes(Map.of("stickiness.enabled", "true"))
                .withProtocol(Protocol.HTTPS, TargetGroup.Version.GRPC),
            TargetGroup.http("h", "targetgroup/h/1", List.of())
                .withHealthCheck(HealthCheck.tcp())));
  }

  @Test
  void what_was_written_is_read() {
    Routes routes = everything();
    String text = RoutesJson.write(routes);
    assertThat(RoutesJson.read(text)).isEqualTo(routes);
    assertThat(RoutesJson.write(RoutesJson.read(text))).isEqualTo(text);
  }

  @Test
  void private_keys_are_not_told_in_passing() {
    assertThat(everything().toString()).contains("Certificate[c]").doesNotContain("key]");
  }

  @Test
  void what_is_no_json_or_unknown_is_refused() {
    assertThatThrownBy(() -> RoutesJson.read("{")).isInstanceOf(JsonSyntaxException.class);
    String unknown = RoutesJson.write(everything()).replace("\"HTTPS\"", "\"GOPHER\"");
    assertThatThrownBy(() -> RoutesJson.read(unknown)).isInstanceOf(IllegalArgumentException.class);
  }
}
