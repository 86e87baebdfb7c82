package dev.longshore.core.event;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns shapes into plain data, member by member in the order of the model. */
final class Details {
  private Details() {}

  /** The members that are present, but for those named. */
  static Map<String, Object> of(Shape shape, List<String> without) {
    Map<String, Object> detail = new LinkedHashMap<>();
    for (Member member : shape.schema().members()) {
      Object value = shape.member(member.index());
      if (value != null && !without.contains(member.wireName())) {
        detail.put(member.wireName(), plain(value));
      }
    }
    return detail;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Shape shape -> of(shape, List.of());
      case Instant time -> time(time);
      case List<?> list -> {
        List<Object> plain = new ArrayList<>();
        for (Object element : list) {
          plain.add(element == null ? "" : plain(element));
        }
        yield List.copyOf(plain);
      }
      case Map<?, ?> map -> {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          Object element = entry.getValue();
          plain.put(String.valueOf(entry.getKey()), element == null ? "" : plain(element));
        }
        yield plain;
      }
      default -> value;
    };
  }

  /** To the millisecond, without zeros at the end: as ECS writes times within details. */
  static String time(Instant time) {
    String text = time.toString();
    int point = text.indexOf('.');
    if (point < 0) {
      return text;
    }
    int end = Math.min(point + 4, text.length() - 1);
    while (text.charAt(end - 1) == '0') {
      end--;
    }
    return text.substring(0, end - 1 == point ? point : end) + 'Z';
  }

  /** The maps of a list in a detail, to be changed; empty where there is none. */
  @SuppressWarnings("unchecked") // Lists of structures become lists of maps above.
  static List<Map<String, Object>> maps(@Nullable Object list) {
    List<Map<String, Object>> maps = new ArrayList<>();
    if (list instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof Map<?, ?> map) {
          maps.add((Map<String, Object>) map);
        }
      }
    }
    return maps;
  }
}
