package dev.longshore.core.task;

import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shapes as compact JSON, secrets included: some limits of the API count its characters, and two
 * requests are the same if it is the same. Never shown or kept.
 */
final class CompactText {
  private final StringBuilder text = new StringBuilder();

  private CompactText() {}

  static String of(Shape shape) {
    CompactText compact = new CompactText();
    compact.add(shape);
    return compact.text.toString();
  }

  private void add(@Nullable Object value) {
    switch (value) {
      case Shape shape -> addShape(shape);
      case List<?> list -> addList(list);
      case Map<?, ?> map -> addMap(map);
      case String string -> addText(string);
      case null -> text.append("null");
      default -> text.append(value);
    }
  }

  private void addShape(Shape shape) {
    String separator = "{";
    for (Member member : shape.schema().members()) {
      Object value = shape.member(member.index());
      if (value != null) {
        text.append(separator);
        addText(member.name());
        text.append(':');
        add(value);
        separator = ",";
      }
    }
    text.append(separator.equals("{") ? "{}" : "}");
  }

  private void addMap(Map<?, ?> map) {
    String separator = "";
    text.append('{');
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      text.append(separator);
      add(entry.getKey());
      text.append(':');
      add(entry.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private void addList(List<?> list) {
    String separator = "";
    text.append('[');
    for (Object element : list) {
      text.append(separator);
      add(element);
      separator = ",";
    }
    text.append(']');
  }

  private void addText(String string) {
    text.append('"');
    for (int at = 0; at < string.length(); at++) {
      char character = string.charAt(at);
      switch (character) {
        case '"', '\\' -> text.append('\\').append(character);
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> text.append(character);
      }
    }
    text.append('"');
  }
}
