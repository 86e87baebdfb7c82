package dev.longshore.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.DeploymentLifecycleHook;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.Task;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ShapeJsonTest {
  @Test
  void a_shape_survives_writing_and_reading() {
    var definition =
        ContainerDefinition.builder()
            .name("web")
            .cpu(256)
            .essential(true)
            .links(List.of())
            .command(List.of("a\"b", "日本", "\u0000"))
            .dockerLabels(Map.of("k", "v"))
            .build();
    assertThat(ShapeJson.decode(ContainerDefinition.SCHEMA, ShapeJson.encode(definition)))
        .isEqualTo(definition);
  }

  @Test
  void unknown_members_are_skipped_and_null_is_absent() {
    assertThat(
            decode(
                RunTaskRequest.SCHEMA,
                """
                {"future": {"a": [1, {"b": null}]}, "cluster": null, "taskDefinition": "web",
                 "tags": [null, {"key": "k", "other": 1}]}
                """))
        .isEqualTo(
            RunTaskRequest.builder()
                .taskDefinition("web")
                .tags(List.of(Tag.builder().key("k").build()))
                .build());
  }

  @Test
  void timestamps_are_seconds_with_a_fraction() {
    var task = Task.builder().createdAt(Instant.parse("2026-11-21T10:00:00.250Z")).build();
    assertThat(new String(ShapeJson.encode(task), UTF_8))
        .isEqualTo("{\"createdAt\":1795255200.25}");
    assertThat(decode(Task.SCHEMA, "{\"createdAt\": 1.79525520025E9}")).isEqualTo(task);
    assertThat(decode(Task.SCHEMA, "{\"createdAt\": 0}"))
        .isEqualTo(Task.builder().createdAt(Instant.EPOCH).build());
  }

  @Test
  void whole_numbers_may_have_a_fraction_which_is_cut_off() {
    assertThat(decode(RunTaskRequest.SCHEMA, "{\"count\": 2.9}"))
        .isEqualTo(RunTaskRequest.builder().count(2).build());
    assertThat(decode(RunTaskRequest.SCHEMA, "{\"count\": -2147483648}"))
        .isEqualTo(RunTaskRequest.builder().count(Integer.MIN_VALUE).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"count": "1"}                  | STRING_VALUE can not be converted to an Integer
          {"count": true}                 | TRUE_VALUE can not be converted to an Integer
          {"count": false}                | FALSE_VALUE can not be converted to an Integer
          {"count": [1]}                  | Start of list found where not expected
          {"count": {"a": 1}}             | Start of structure or map found where not expected.
          {"count": 2147483648}           | NUMBER_VALUE can not be converted to an Integer
          {"count": 1e300}                | NUMBER_VALUE can not be converted to an Integer
          {"cluster": 1}                  | NUMBER_VALUE can not be converted to a String
          {"cluster": 1.5}                | NUMBER_VALUE can not be converted to a String
          {"cluster": ["x"]}              | Start of list found where not expected
          {"tags": "x"}                   | Expected list or null
          {"tags": {}}                    | Start of structure or map found where not expected.
          {"tags": [1]}                   | Expected null
          {"overrides": 1}                | Expected null
          {"overrides": []}               | Start of list found where not expected
          {"enableExecuteCommand": 1}     | NUMBER_VALUE can not be converted to a Boolean
          {"enableExecuteCommand": "yes"} | STRING_VALUE can not be converted to a Boolean
          []                              | Start of list found where not expected
          """)
  void a_value_of_the_wrong_type_is_answered_with_the_text_of_aws(String json, String message) {
    var error = error(RunTaskRequest.SCHEMA, json);
    assertThat(error.code()).isEqualTo("SerializationException");
    assertThat(error.httpStatus()).isEqualTo(400);
    assertThat(error).hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "null",
        "1",
        "\"x\"",
        "{\"a\":1,}",
        "{} {}",
        "{\"cluster\":\"\\x\"}"
      })
  void what_is_no_json_object_is_answered_without_a_text(String json) {
    var error = error(RunTaskRequest.SCHEMA, json);
    assertThat(error.code()).isEqualTo("SerializationException");
    assertThat(error.getMessage()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cluster\":\"\\ud800\"}",
        "{\"cluster\":\"a\\udc00b\"}",
        "{\"cluster\":\"\\ud83d\\ud83d\\ude00\"}",
        "{\"tags\":[{\"key\":\"\\ude00\\ud83d\"}]}"
      })
  void half_a_character_is_no_text(String json) {
    var error = error(RunTaskRequest.SCHEMA, json);
    assertThat(error.code()).isEqualTo("SerializationException");
    assertThat(decode(RunTaskRequest.SCHEMA, "{\"cluster\":\"\\ud83d\\ude00\"}"))
        .isEqualTo(RunTaskRequest.builder().cluster("😀").build());
  }

  @Test
  void free_json_is_kept_as_it_is() {
    var json = "{\"hookDetails\":{\"a\":[1,2.5,null,true,{\"b\":\"c\"}]}}";
    var hook = (DeploymentLifecycleHook) decode(DeploymentLifecycleHook.SCHEMA, json);
    assertThat(new String(ShapeJson.encode(hook), UTF_8)).isEqualTo(json);
  }

  @Test
  void nesting_and_numbers_have_limits() {
    var deep = "{\"x\":" + "[".repeat(100_000);
    assertThat(error(RunTaskRequest.SCHEMA, deep).code()).isEqualTo("SerializationException");
    var recursive = "{\"tags\":" + "[{\"a\":".repeat(50_000);
    assertThat(error(RunTaskRequest.SCHEMA, recursive).code()).isEqualTo("SerializationException");
    var number = "{\"count\":" + "9".repeat(1_000_000) + "}";
    assertThat(error(RunTaskRequest.SCHEMA, number).code()).isEqualTo("SerializationException");
    var exponent = "{\"createdAt\": 1e999999999}";
    assertThat(error(Task.SCHEMA, exponent))
        .hasMessage("NUMBER_VALUE can not be converted to milliseconds since epoch");
  }

  private static Shape decode(Structure structure, String json) {
    return ShapeJson.decode(structure, json.getBytes(UTF_8));
  }

  private static ServiceException error(Structure structure, String json) {
    return catchThrowableOfType(ServiceException.class, () -> decode(structure, json));
  }
}
