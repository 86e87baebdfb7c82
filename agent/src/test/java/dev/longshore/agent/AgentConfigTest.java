package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentConfigTest {
  @TempDir Path directory;

  @Test
  void without_variables_there_are_the_packaged_agents_values() {
    AgentConfig config = AgentConfig.of(Map.of());
    assertThat(config.cluster()).isEmpty();
    assertThat(config.credentials()).isNull();
    assertThat(config.reservedPorts()).containsExactly(22, 2375, 2376, 51678, 51679);
    assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.cleanupWait()).isEqualTo(Duration.ofHours(3));
    assertThat(config.loggingDrivers()).containsExactly("json-file", "none");
    assertThat(config.endpoint()).isEqualTo(URI.create("https://ecs.us-east-1.amazonaws.com"));
  }

  @Test
  void variables_are_read_as_amazons_agent_reads_them() {
    AgentConfig config =
        AgentConfig.of(
            Map.ofEntries(
                Map.entry("ECS_CLUSTER", "prod"),
                Map.entry("ECS_BACKEND_HOST", "http://127.0.0.1:4566"),
                Map.entry("ECS_CONTAINER_STOP_TIMEOUT", "1m30s"),
                Map.entry("ECS_CONTAINER_START_TIMEOUT", "1s"),
                Map.entry("ECS_RESERVED_PORTS", "[80]"),
                Map.entry("ECS_INSTANCE_ATTRIBUTES", "{\"stack\":\"blue\"}"),
                Map.entry("ECS_DISABLE_PRIVILEGED", "t"),
                Map.entry("ECS_DYNAMIC_HOST_PORT_RANGE", "100-200"),
                Map.entry("ECS_ENGINE_AUTH_TYPE", "dockercfg"),
                Map.entry(
                    "ECS_ENGINE_AUTH_DATA",
                    "{\"https://index.docker.io/v1/\":{\"auth\":\"dTpw\"}}"),
                Map.entry("AWS_ACCESS_KEY_ID", "k"),
                Map.entry("AWS_SECRET_ACCESS_KEY", "s")));
    assertThat(config.cluster()).isEqualTo("prod");
    assertThat(config.endpoint()).isEqualTo(URI.create("http://127.0.0.1:4566"));
    assertThat(config.stopTimeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(config.startTimeout()).isEqualTo(Duration.ofMinutes(3));
    assertThat(config.reservedPorts()).containsExactly(80);
    assertThat(config.attributes()).containsEntry("stack", "blue");
    assertThat(config.privilegedDisabled()).isTrue();
    assertThat(config.firstDynamicPort()).isEqualTo(100);
    assertThat(config.registries().get("index.docker.io"))
        .satisfies(auth -> assertThat(auth.user() + auth.password()).isEqualTo("up"));
    assertThat(config.credentials()).isNotNull();
  }

  @Test
  void nonsense_names_its_variable() {
    assertThatThrownBy(() -> AgentConfig.of(Map.of("ECS_RESERVED_MEMORY", "much")))
        .hasMessageStartingWith("ECS_RESERVED_MEMORY: ");
    assertThatThrownBy(() -> AgentConfig.of(Map.of("ECS_RESERVED_PORTS", "{")))
        .hasMessageStartingWith("ECS_RESERVED_PORTS: ");
    assertThatThrownBy(() -> AgentConfig.of(Map.of("ECS_AVAILABLE_LOGGING_DRIVERS", "[\"x\"]")))
        .hasMessageContaining("unknown logging driver x");
    assertThatThrownBy(() -> AgentConfig.of(Map.of("ECS_CONTAINER_STOP_TIMEOUT", "soon")))
        .hasMessage("ECS_CONTAINER_STOP_TIMEOUT: not a duration: soon");
  }

  @Test
  void the_environment_comes_before_the_files_and_later_files_before_earlier_ones()
      throws IOException {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    Files.writeString(first, "# a comment\nA=1\nB=1\nC=1\n");
    Files.writeString(second, "B = 2\nC=2\nnothing\n");
    assertThat(
            AgentVariables.read(
                Map.of("C", "3"), List.of(first, second, directory.resolve("none"))))
        .containsEntry("A", "1")
        .containsEntry("B", "2")
        .containsEntry("C", "3")
        .hasSize(3);
  }

  @Test
  void durations_are_written_as_go_writes_them() {
    assertThat(GoText.text(Duration.ofHours(2))).isEqualTo("2h0m0s");
    assertThat(GoText.text(Duration.ofMinutes(4))).isEqualTo("4m0s");
    assertThat(GoText.text(Duration.ofMillis(1500))).isEqualTo("1.5s");
    assertThat(GoText.duration("1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(GoText.duration("250ms")).isEqualTo(Duration.ofMillis(250));
  }
}
