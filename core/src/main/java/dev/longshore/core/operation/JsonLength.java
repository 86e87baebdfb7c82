package dev.longshore.core.operation;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long a shape is as JSON without white space. Some of ECS's limits are limits of that text,
 * and the core, which has no codec, need not write it to measure it.
 */
public final class JsonLength {
  private JsonLength() {}

  /** The length in bytes as UTF-8; absent members take no place. */
  public static int of(Shape shape) {
    int length = 2;
    boolean first = true;
    for (Member member : shape.schema().members()) {
      Object value = shape.member(member.index());
      if (value != null) {
        length += (first ? 0 : 1) + text(member.wireName()) + 1 + of(value);
        first = false;
      }
    }
    return length;
  }

  /** The length of free JSON; of an absent value that of {@code null}. */
  public static int of(@Nullable Object value) {
    return switch (value) {
      case null -> 4;
      case Shape shape -> of(shape);
      case String text -> text(text);
      case List<?> list -> {
        int length = 2 + Math.max(0, list.size() - 1);
        for (Object element : list) {
          length += of(element);
        }
        yield length;
      }
      case Map<?, ?> map -> {
        int length = 2 + Math.max(0, map.size() - 1);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          length += text(String.valueOf(entry.getKey())) + 1 + of(entry.getValue());
        }
        yield length;
      }
      default -> value.toString().length();
    };
  }

  private static int text(String text) {
    int length = 2 + text.getBytes(StandardCharsets.UTF_8).length;
    for (int at = 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '"' || letter == '\\' || letter == '\n' || letter == '\t' || letter == '\r') {
        length += 1;
      } else if (letter < ' ') {
        length += 5;
      }
    }
    return length;
  }
}
