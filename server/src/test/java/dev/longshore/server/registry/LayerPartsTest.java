package dev.longshore.server.registry;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.shapes.ecr.LayerPartTooSmallException;
import dev.longshore.shapes.ecr.LimitExceededException;
import org.junit.jupiter.api.Test;

class LayerPartsTest {
  private static final long LEAST = 5L << 20;

  private final LayerParts parts = new LayerParts(2);

  @Test
  void only_the_last_part_may_be_small() {
    parts.came("good", LEAST);
    parts.came("good", 1);
    assertThatCode(() -> parts.end("good")).doesNotThrowAnyException();
    parts.came("bad", LEAST - 1);
    parts.came("bad", LEAST);
    assertThatThrownBy(() -> parts.end("bad"))
        .isInstanceOf(LayerPartTooSmallException.class)
        .hasMessage("Layer parts must be at least 5 MiB in size.");
  }

  @Test
  void a_layer_has_4200_parts_at_most() {
    for (int i = 0; i < 4_200; i++) {
      parts.came("many", LEAST);
    }
    assertThatThrownBy(() -> parts.came("many", 1)).isInstanceOf(LimitExceededException.class);
    assertThatCode(() -> parts.end("many")).doesNotThrowAnyException();
  }

  @Test
  void more_uploads_than_there_is_room_for_are_forgiven() {
    parts.came("one", 1);
    parts.came("one", 1);
    parts.came("two", 1);
    parts.came("three", 1);
    assertThatCode(() -> parts.end("one")).doesNotThrowAnyException();
  }
}
