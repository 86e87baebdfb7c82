package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerSpecTest {
  private final ContainerSpec ours =
      ContainerSpec.of("web:1").environment(List.of("A=1")).labels(Map.of("ours", "1"));

  @Test
  void a_key_of_the_payload_replaces_ours() {
    var config = ours.withConfigOnTop("{\"Env\":[\"B=2\"],\"User\":\"u\"}").config();
    assertThat(config.at("Env").texts()).containsExactly("B=2");
    assertThat(config.at("User").text()).isEqualTo("u");
    assertThat(config.at("Image").text()).isEqualTo("web:1");
  }

  @Test
  void maps_are_merged() {
    var config = ours.withConfigOnTop("{\"Labels\":{\"theirs\":\"2\"}}").config();
    assertThat(config.at("Labels").textMembers())
        .containsOnly(Map.entry("ours", "1"), Map.entry("theirs", "2"));
  }

  @Test
  void the_case_of_a_key_does_not_matter() {
    var host =
        ours.hostConfig("Memory", Json.of(1)).withHostConfigOnTop("{\"memory\":2}").hostConfig();
    assertThat(host.write()).isEqualTo("{\"Memory\":2}");
  }

  @Test
  void null_and_an_empty_object_change_nothing() {
    assertThat(ours.withConfigOnTop("null").withHostConfigOnTop("{}")).isEqualTo(ours);
  }

  @Test
  void anything_else_than_an_object_is_refused() {
    assertThatThrownBy(() -> ours.withConfigOnTop("[1]")).isInstanceOf(JsonSyntaxException.class);
    assertThatThrownBy(() -> ours.withHostConfigOnTop("{\"A\":"))
        .isInstanceOf(JsonSyntaxException.class);
  }

  @Test
  void large_numbers_keep_their_digits() {
    var spec = ours.withHostConfigOnTop("{\"Memory\":18446744073709551615,\"NanoCpus\":1.5e9}");
    assertThat(spec.hostConfig().write())
        .isEqualTo("{\"Memory\":18446744073709551615,\"NanoCpus\":1.5e9}");
  }
}
