package dev.longshore.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeneratorTest {
  private static final String METADATA =
      """
      "metadata": {"apiVersion": "2026-01-01", "endpointPrefix": "t", "protocols": ["json"],
                   "jsonVersion": "1.1", "serviceFullName": "Test", "serviceId": "Test"}
      """;

  @TempDir private Path directory;

  @Test
  void unchanged_files_are_not_touched_and_stale_ones_go() throws IOException {
    Generator.write(directory, Map.of("A.java", "a", "B.java", "b"));
    var past = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(directory.resolve("A.java"), past);
    Files.setLastModifiedTime(directory.resolve("B.java"), past);
    Generator.write(directory, Map.of("A.java", "a", "C.java", "c"));
    assertThat(Files.getLastModifiedTime(directory.resolve("A.java"))).isEqualTo(past);
    assertThat(directory.resolve("B.java")).doesNotExist();
    assertThat(directory.resolve("C.java")).hasContent("c");
  }

  @Test
  void a_model_gives_one_file_for_each_structure_error_and_enum() {
    var sources =
        Generator.sources(
            model(
                """
                "A": {"type": "structure", "members": {"b": {"shape": "B"}, "e": {"shape": "E"}}},
                "B": {"type": "string"},
                "E": {"type": "string", "enum": ["x"]},
                "F": {"type": "structure", "members": {}, "exception": true}
                """));
    assertThat(sources)
        .containsOnlyKeys(
            "package-info.java",
            "Test.java",
            "Structures.java",
            "Types.java",
            "A.java",
            "E.java",
            "F.java");
  }

  @Test
  void a_borrowed_structure_is_the_class_of_its_own_service() {
    var sources =
        Generator.sources(
            model(
                """
                "A": {"type": "structure", "members": {"b": {"shape": "B"}, "all": {"shape": "L"}}},
                "B": {"type": "structure", "from": "application-autoscaling"},
                "L": {"type": "list", "member": {"shape": "B"}}
                """));
    assertThat(sources).containsKey("A.java").doesNotContainKey("B.java");
    assertThat(sources.get("A.java"))
        .contains("dev.longshore.shapes.applicationautoscaling.@Nullable B b")
        .contains("@Nullable List<dev.longshore.shapes.applicationautoscaling.B> all");
    assertThat(sources.get("Structures.java"))
        .contains("case 1 -> dev.longshore.shapes.applicationautoscaling.B.SCHEMA;");
  }

  @Test
  void an_error_is_a_fault_of_the_server_when_the_model_says_so() {
    var sources =
        Generator.sources(
            model(
                """
                "A": {"type": "structure", "members": {}, "exception": true},
                "B": {"type": "structure", "members": {}, "exception": true, "fault": true},
                "C": {"type": "structure", "members": {}, "exception": true,
                      "error": {"code": "Gone", "httpStatusCode": 410}}
                """));
    assertThat(sources.get("A.java")).contains(".error(\"A\", 400, false)");
    assertThat(sources.get("B.java")).contains(".error(\"B\", 500, true)");
    assertThat(sources.get("C.java")).contains(".error(\"Gone\", 410, false)");
  }

  @Test
  void types_stand_after_the_types_they_refer_to() {
    var types =
        Generator.sources(
                model(
                    """
                    "A": {"type": "structure", "members": {"l": {"shape": "Outer"}}},
                    "Outer": {"type": "list", "member": {"shape": "Inner"}},
                    "Inner": {"type": "map", "key": {"shape": "K"}, "value": {"shape": "A"}},
                    "K": {"type": "string", "min": 1}
                    """))
            .getOrDefault("Types.java", "");
    assertThat(types.indexOf(" K = ")).isPositive().isLessThan(types.indexOf(" Inner = "));
    assertThat(types.indexOf(" A = ")).isPositive().isLessThan(types.indexOf(" Inner = "));
    assertThat(types.indexOf(" Inner = ")).isLessThan(types.indexOf(" Outer = "));
  }

  @Test
  void what_a_model_must_not_hold_is_an_error_of_the_build() {
    for (var shapes :
        new String[] {
          "\"A\": {\"type\": \"structure\", \"members\": {\"b\": {\"shape\": \"Missing\"}}}",
          "\"A\": {\"type\": \"structure\", \"members\": {\"b\": {\"shape\": \"B\"}}},"
              + "\"B\": {\"type\": \"colour\"}",
          "\"A\": {\"type\": \"structure\", \"members\": {\"b\": {\"shape\": \"B\"}}},"
              + "\"B\": {\"type\": \"string\", \"pattern\": \"(\"}",
          "\"A\": {\"type\": \"structure\", \"members\": {\"b\": {\"shape\": \"B\"}}},"
              + "\"B\": {\"type\": \"string\", \"enum\": [\"a\\nb\"]}"
        }) {
      assertThatThrownBy(() -> Generator.sources(model(shapes)))
          .as(shapes)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ApiModel model(String shapes) {
    return ApiModel.parse(
        "test", "{" + METADATA + ", \"operations\": {}, \"shapes\": {" + shapes + "}}");
  }
}
