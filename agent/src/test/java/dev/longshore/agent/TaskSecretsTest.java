package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.task.Effect;
import dev.longshore.wire.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskSecretsTest {
  private static final Effect.CreateContainer CREATE =
      new Effect.CreateContainer(
          "arn",
          "web",
          "ecs-web",
          Json.fields().with("Env", Json.items(List.of("A=definition", "B=x=y"))),
          Json.fields()
              .with(
                  "LogConfig",
                  Json.fields()
                      .with("Type", Json.of("splunk"))
                      .with("Config", Json.fields(Map.of("splunk-url", "u")))));

  private final TaskSecrets secrets = new TaskSecrets();

  @Test
  void lines_of_an_environment_file_are_taken_as_they_are() {
    String text = "# comment\nA=first\n\nQ=\"a b\"\nE=1=2\nA=again\n=no\nnothing\r\nS= x \nEMPTY=";
    assertThat(EnvironmentFile.read(text))
        .containsExactly(
            Map.entry("A", "first"),
            Map.entry("Q", "\"a b\""),
            Map.entry("E", "1=2"),
            Map.entry("S", " x "),
            Map.entry("EMPTY", ""));
  }

  @Test
  void the_definitions_environment_wins_over_files_and_secrets_are_added() {
    secrets.put(
        "arn",
        Map.of(
            "web",
            new TaskSecrets.OfContainer(
                Map.of("S", "hush"),
                Map.of("A", "file", "F", "file"),
                Map.of("splunk-token", "hush"),
                Optional.empty())));
    assertThat(secrets.config(CREATE).at("Env").texts())
        .containsExactlyInAnyOrder("A=definition", "B=x=y", "F=file", "S=hush");
    assertThat(secrets.hostConfig(CREATE).at("LogConfig", "Config").textMembers())
        .containsOnly(Map.entry("splunk-url", "u"), Map.entry("splunk-token", "hush"));
    assertThat(secrets.find("arn", "web").toString()).doesNotContain("hush").contains("S");
    secrets.drop("arn");
    assertThat(secrets.config(CREATE)).isEqualTo(CREATE.config());
  }
}
