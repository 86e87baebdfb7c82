package dev.longshore.core.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.MountPoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLengthTest {
  @Test
  void the_length_is_that_of_the_text_without_white_space() {
    assertLength(KeyValuePair.builder().build(), "{}");
    assertLength(new KeyValuePair("a", "1"), "{\"name\":\"a\",\"value\":\"1\"}");
    assertLength(
        ContainerDefinition.builder()
            .name("app")
            .cpu(128)
            .essential(false)
            .command(List.of("a", "b"))
            .links(List.of())
            .mountPoints(List.of(new MountPoint("v", null, true)))
            .dockerLabels(Map.of("k", "v"))
            .build(),
        "{\"name\":\"app\",\"cpu\":128,\"links\":[],\"essential\":false,\"command\":[\"a\",\"b\"],"
            + "\"mountPoints\":[{\"sourceVolume\":\"v\",\"readOnly\":true}],"
            + "\"dockerLabels\":{\"k\":\"v\"}}");
  }

  @Test
  void letters_beyond_ascii_count_their_bytes_and_escapes_their_letters() {
    assertLength(new KeyValuePair("é€", null), "{\"name\":\"é€\"}");
    assertLength(new KeyValuePair("\"\\\n\t\r", null), "{\"name\":\"\\\"\\\\\\n\\t\\r\"}");
    assertLength(new KeyValuePair("\u0001", null), "{\"name\":\"\\u0001\"}");
  }

  private static void assertLength(Shape shape, String json) {
    assertThat(JsonLength.of(shape)).isEqualTo(json.getBytes(StandardCharsets.UTF_8).length);
  }
}
