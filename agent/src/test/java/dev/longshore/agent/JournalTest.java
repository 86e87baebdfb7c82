package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.agent.task.ContainerSpec;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Fields;
import dev.longshore.agent.task.InstanceRow;
import dev.longshore.agent.task.PayloadReader;
import dev.longshore.agent.task.Settings;
import dev.longshore.agent.task.TaskEngine;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final String TASK =
      "{'arn':'arn:task/a','family':'web','version':'7','desiredStatus':'RUNNING','cpu':0.25,"
          + "'volumes':[{'name':'v','host':{}}],'containers':[{'name':'app','image':'busybox',"
          + "'essential':true,'environment':{'A':'b'},'portMappings':[{'containerPort':80}],"
          + "'restartPolicy':{'enabled':true,'ignoredExitCodes':[7],'restartAttemptPeriod':60}}]}";

  @TempDir Path directory;

  private static TaskEngine engine() {
    Settings settings =
        new Settings(
            "default",
            1024,
            1024,
            List.of(),
            List.of(),
            "",
            50_000,
            50_100,
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            "http://169.254.170.2",
            Map.of());
    TaskEngine engine =
        new TaskEngine(settings, new SecureEntropy(), InstanceRow.fresh(), List.of());
    Json.Fields json = (Json.Fields) Json.parse(TASK.replace('\'', '"'));
    Instant now = Instant.parse("2026-11-21T10:00:00.123456789Z");
    engine.step(
        new Event.PayloadReceived("m", "c", "i", 5, List.of(PayloadReader.read(new Fields(json)))),
        now);
    engine.step(new Event.ManifestResolved("arn:task/a", "app", "sha256:1"), now);
    return engine;
  }

  @Test
  void rows_come_back_as_they_were_saved() throws IOException {
    TaskEngine engine = engine();
    try (Journal journal = Journal.open(directory)) {
      journal.save(engine.tasks(), List.of("arn:task/a"), engine.instance());
    }
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.tasks()).containsExactlyElementsOf(engine.tasks().values());
      assertThat(journal.instance()).isEqualTo(engine.instance());
      TaskRow row = journal.tasks().getFirst();
      assertThat(row.spec().containers().getFirst().restartPolicy())
          .isEqualTo(new ContainerSpec.RestartPolicy(true, List.of(7), 60));
    }
  }

  @Test
  void a_forgotten_task_stays_forgotten() throws IOException {
    TaskEngine engine = engine();
    try (Journal journal = Journal.open(directory)) {
      journal.save(engine.tasks(), List.of("arn:task/a"), engine.instance());
      journal.save(Map.of(), List.of("arn:task/a"), engine.instance());
    }
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.tasks()).isEmpty();
    }
  }

  @Test
  void a_line_cut_short_by_a_crash_is_left_out() throws IOException {
    TaskEngine engine = engine();
    try (Journal journal = Journal.open(directory)) {
      journal.save(engine.tasks(), List.of("arn:task/a"), engine.instance());
    }
    Files.writeString(
        directory.resolve("agent.journal"), "{\"task\":\"arn:ta", StandardOpenOption.APPEND);
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.tasks()).hasSize(1);
    }
  }

  @Test
  void two_agents_cannot_share_a_directory() throws IOException {
    Journal first = Journal.open(directory);
    assertThatThrownBy(() -> Journal.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another agent uses");
    first.close();
    Journal.open(directory).close();
  }

  @Test
  void the_file_does_not_grow_for_ever() throws IOException {
    TaskEngine engine = engine();
    try (Journal journal = Journal.open(directory)) {
      for (long i = 0; i < 2000; i++) {
        InstanceRow instance = new InstanceRow(i, i, "m".repeat(1000), List.of());
        journal.save(engine.tasks(), List.of("arn:task/a"), instance);
      }
      assertThat(Files.size(directory.resolve("agent.journal"))).isLessThan(1_200_000);
      assertThat(journal.instance().arrivals()).isEqualTo(1999);
    }
    try (Journal journal = Journal.open(directory)) {
      assertThat(journal.instance().arrivals()).isEqualTo(1999);
      assertThat(journal.tasks()).hasSize(1);
    }
  }

  @Test
  void an_identity_is_kept_beside_it() throws IOException {
    Identity fresh = Identity.read(directory, "here:/data");
    assertThat(fresh).isEqualTo(new Identity("", "", "here:/data"));
    new Identity("default", "arn:i", fresh.label()).write(directory);
    assertThat(Identity.read(directory, "elsewhere"))
        .isEqualTo(new Identity("default", "arn:i", "here:/data"));
  }
}
