package dev.longshore.gateway.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.gateway.Listening;
import dev.longshore.gateway.feed.FeedMessage.Update;
import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Tallied;
import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.Target;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.route.TargetHealth;
import dev.longshore.wire.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one end sends of routes, and what the other makes of it. */
class PartsTest {
  private static final int ROOMY = 1 << 20;

  private static TargetGroup group(String name, int port) {
    return TargetGroup.http(
        name, "targetgroup/" + name + "/1", List.of(Target.of("10.0.0.1", port)));
  }

  private static LoadBalancer balancer(String name, String group) {
    Listener listener =
        Listener.plain("arn:" + name, Protocol.HTTP, "127.0.0.1", 80, Action.Forward.to(group));
    return new LoadBalancer(name, "", Map.of("a", "b"), List.of(listener));
  }

  private static Parts after(Parts parts, List<Update> updates) {
    Parts now = parts;
    for (Update each : updates) {
      now = now.with((Update) FeedJson.read(FeedJson.write(each)));
    }
    return now;
  }

  @Test
  void what_is_sent_leads_from_any_routes_to_any_others_and_leaves_out_what_is_there() {
    Routes old =
        new Routes(4, List.of(balancer("b", "g")), List.of(group("g", 1), group("gone", 2)));
    Routes next =
        new Routes(
            5,
            List.of(balancer("b", "g"), balancer("c", "h")),
            List.of(group("g", 7), group("h", 3)));
    Parts here = after(Parts.none(), Parts.of(old, Parts.none()).since(Map.of(), 4, ROOMY));
    assertThat(here.routes(4)).isEqualTo(old);
    List<Update> updates = Parts.of(next, Parts.none()).since(here.digests(), 5, ROOMY);
    assertThat(updates).hasSize(1);
    assertThat(updates.getFirst().parts()).containsOnlyKeys("balancer c", "group g", "group h");
    assertThat(updates.getFirst().gone()).containsExactly("group gone");
    assertThat(after(here, updates).routes(5)).isEqualTo(next);
  }

  @Test
  void what_is_large_is_sent_in_pieces_of_which_only_the_last_is_to_be_applied() {
    List<TargetGroup> groups = new ArrayList<>();
    for (int i = 100; i < 140; i++) {
      groups.add(group("group-" + i, i));
    }
    Routes routes = new Routes(1, List.of(), groups);
    List<Update> updates = Parts.of(routes, Parts.none()).since(Map.of(), 1, 4_000);
    assertThat(updates).hasSizeBetween(3, 20);
    assertThat(updates).allMatch(each -> FeedJson.write(each).length() < 5_000);
    assertThat(updates.subList(0, updates.size() - 1)).allMatch(Update::more);
    assertThat(updates.getLast().more()).isFalse();
    assertThat(after(Parts.none(), updates).routes(1)).isEqualTo(routes);
  }

  @Test
  void routes_that_are_there_already_are_still_told_to_be_followed() {
    Parts parts = Parts.of(new Routes(1, List.of(), List.of(group("g", 1))), Parts.none());
    List<Update> updates = parts.since(parts.digests(), 2, ROOMY);
    assertThat(updates).containsExactly(new Update(2, Map.of(), List.of(), false));
  }

  @Test
  void every_message_comes_through() {
    List<FeedMessage> all =
        List.of(
            new FeedMessage.Hello("gateway-1", Map.of("group g", "d")),
            new FeedMessage.Took(),
            new FeedMessage.Applied(
                3, List.of(new Listening("a", 80, ""), new Listening("b", 0, "taken")), "odd"),
            new FeedMessage.Health(
                List.of(
                    new FeedMessage.Found("g", "i-1", 32_768, TargetHealth.mismatch("500")),
                    new FeedMessage.Found("g", "i-1", 32_769, TargetHealth.HEALTHY))),
            new FeedMessage.Counted(
                "run",
                29_000_000,
                Map.of(
                    "app/a/1",
                    new Tallied(
                        Map.of(Count.REQUEST, 3L, Count.ACTIVE_CONNECTION, -1L),
                        Map.of(1_024L, 3L),
                        2_900_000)),
                Map.of("targetgroup/a/1", Tallied.NONE)),
            new FeedMessage.Beat());
    assertThat(all).allMatch(each -> FeedJson.read(FeedJson.write(each)).equals(each));
    assertThatThrownBy(() -> FeedJson.read("{\"type\":\"shout\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shout");
  }

  @Test
  void parts_that_no_routes_have_are_refused() {
    Update odd = new Update(1, Map.of("thing x", Json.fields()), List.of(), false);
    assertThatThrownBy(() -> Parts.none().with(odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thing x");
  }
}
