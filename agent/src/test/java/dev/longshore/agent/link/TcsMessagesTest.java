package dev.longshore.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.task.ContainerView;
import dev.longshore.agent.task.DesiredStatus;
import dev.longshore.agent.task.Entropy;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Fields;
import dev.longshore.agent.task.InstanceRow;
import dev.longshore.agent.task.PayloadReader;
import dev.longshore.agent.task.ReceivedTask;
import dev.longshore.agent.task.Settings;
import dev.longshore.agent.task.TaskEngine;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TcsMessagesTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private final TcsMessages messages = new TcsMessages("default", "arn:i");

  private static TaskEngine engine() {
    Entropy zeros =
        new Entropy() {
          @Override
          public String hex(int digits) {
            return "0".repeat(digits);
          }

          @Override
          public long below(long bound) {
            return 0;
          }
        };
    Settings settings =
        new Settings(
            "default",
            100_000,
            100_000,
            List.of(),
            List.of(),
            "",
            1,
            2,
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            "",
            Map.of());
    return new TaskEngine(settings, zeros, InstanceRow.fresh(), List.of());
  }

  private static void run(TaskEngine engine, String arn) {
    String json =
        "{'arn':'"
            + arn
            + "','family':'web','version':'7','desiredStatus':'RUNNING','containers':[{'name':'c',"
            + "'image':'i','essential':true,'healthCheckType':'docker'}]}";
    ReceivedTask task =
        PayloadReader.read(new Fields((Json.Fields) Json.parse(json.replace('\'', '"'))));
    assertThat(task)
        .isInstanceOfSatisfying(
            ReceivedTask.Accepted.class,
            accepted -> assertThat(accepted.desired()).isEqualTo(DesiredStatus.RUNNING));
    engine.step(new Event.PayloadReceived("m", "c", "i", 0, List.of(task)), NOW);
    engine.step(
        new Event.Observed(
            arn,
            "c",
            new ContainerView(
                "docker-" + arn,
                true,
                0,
                false,
                NOW,
                NOW,
                null,
                List.of(),
                null,
                "",
                Map.of(),
                List.of(),
                List.of(),
                null,
                Map.of())),
        NOW);
  }

  private static Telemetry telemetry(TaskEngine engine, Statistics... samples) {
    return new Telemetry() {
      @Override
      public Collection<TaskRow> tasks() {
        return engine.tasks().values();
      }

      @Override
      public List<Statistics> takeSamples(String dockerId) {
        return List.of(samples);
      }

      @Override
      public Optional<RuntimeCheck> takeRuntimeCheck() {
        return Optional.empty();
      }
    };
  }

  private static Statistics sample(double cpu, long rx) {
    return new Statistics(
        NOW,
        cpu,
        16,
        100,
        200,
        new Statistics.Network(rx, 1, 0, 0, 5, 1, 0, 0, 10.5, 0),
        Json.none());
  }

  @Test
  void samples_become_sets_with_least_most_count_and_sum() {
    TaskEngine engine = engine();
    run(engine, "arn:task/a");
    Json message =
        Json.parse(
                messages
                    .metrics(telemetry(engine, sample(1.5, 10), sample(2.5, 30)), NOW)
                    .getFirst())
            .at("message");
    assertThat(message.at("metadata", "idle").flag()).isFalse();
    Json container =
        message
            .at("taskMetrics")
            .elements()
            .getFirst()
            .at("containerMetrics")
            .elements()
            .getFirst();
    assertThat(container.at("cpuStatsSet").write())
        .isEqualTo("{\"max\":2.5,\"min\":1.5,\"sampleCount\":2,\"sum\":4.0}");
    assertThat(container.at("networkStatsSet", "rxBytes").write())
        .isEqualTo(
            "{\"max\":30,\"min\":10,\"overflowMax\":0,\"overflowMin\":0,\"overflowSum\":0,"
                + "\"sampleCount\":2,\"sum\":40}");
    assertThat(container.at("storageStatsSet", "writeSizeBytes", "max").number()).isEqualTo(200);
    assertThat(container.at("restartStatsSet").isNull()).isTrue();
  }

  @Test
  void one_sample_is_not_enough_to_be_told() {
    TaskEngine engine = engine();
    run(engine, "arn:task/a");
    Json message = Json.parse(messages.metrics(telemetry(engine, sample(1, 1)), NOW).getFirst());
    assertThat(message.at("message", "taskMetrics").isNull()).isTrue();
  }

  @Test
  void ten_tasks_go_into_a_message_and_the_last_one_says_it_is() {
    TaskEngine engine = engine();
    for (int i = 0; i < 21; i++) {
      run(engine, "arn:task/" + i);
    }
    List<Json> sent =
        messages.metrics(telemetry(engine, sample(1, 1), sample(1, 1)), NOW).stream()
            .map(Json::parse)
            .toList();
    assertThat(sent)
        .extracting(json -> json.at("message", "taskMetrics").elements().size())
        .containsExactly(10, 10, 1);
    assertThat(sent)
        .extracting(json -> json.at("message", "metadata", "fin").flag())
        .containsExactly(false, false, true);
  }

  @Test
  void checked_containers_have_a_health_from_the_first_moment() {
    TaskEngine engine = engine();
    assertThat(messages.health(telemetry(engine), NOW)).isEmpty();
    run(engine, "arn:task/a");
    Json message = Json.parse(messages.health(telemetry(engine), NOW).orElseThrow()).at("message");
    assertThat(message.at("tasks").elements().getFirst().at("containers").write())
        .isEqualTo(
            "[{\"containerName\":\"c\",\"healthStatus\":\"UNKNOWN\","
                + "\"statusSince\":1795255200}]");
  }
}
