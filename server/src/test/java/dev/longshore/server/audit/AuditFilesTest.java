package dev.longshore.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.api.Audit;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFilesTest {
  @TempDir private Path directory;

  private static Audit.Entry entry(String id) {
    return new Audit.Entry(
        Instant.parse("2026-11-21T12:00:00Z"),
        id,
        "arn:aws:iam::123456789012:user/anna",
        "10.0.0.1",
        "cli",
        "ecs:StopTask",
        List.of("arn:aws:ecs:us-east-1:123456789012:task/default/1"),
        false,
        "AccessDeniedException");
  }

  @Test
  void a_line_says_who_wanted_what_on_what_and_whether_they_were_allowed() throws IOException {
    try (AuditFiles files = AuditFiles.in(directory, 1 << 20, 3)) {
      files.record(entry("one"));
    }
    Path file = directory.resolve("audit.jsonl");
    Json line = Json.parse(Files.readAllLines(file).getFirst());
    assertThat(line.at("principal").text()).endsWith("user/anna");
    assertThat(line.at("action").text()).isEqualTo("ecs:StopTask");
    assertThat(line.at("resources").texts()).hasSize(1);
    assertThat(line.at("allowed").write()).isEqualTo("false");
    assertThat(line.at("error").text()).isEqualTo("AccessDeniedException");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void files_take_turns_and_the_oldest_goes() throws IOException {
    try (AuditFiles files = AuditFiles.in(directory, 1, 3)) {
      for (String id : List.of("a", "b", "c", "d", "e")) {
        files.record(entry(id));
      }
    }
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("audit.jsonl", "audit.1.jsonl", "audit.2.jsonl");
    }
    String newest = Files.readString(directory.resolve("audit.1.jsonl"));
    assertThat(Json.parse(newest.strip()).at("requestId").text()).isEqualTo("e");
    assertThat(Files.readString(directory.resolve("audit.2.jsonl"))).contains("\"d\"");
  }
}
