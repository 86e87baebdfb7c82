package dev.longshore.wire.validation;

import dev.longshore.shapes.Shape;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The text of a value, cut off at a length. The value itself may be large, and a list may hold the
 * same large value many times, so that the whole text must not even be made.
 */
final class Excerpt {
  /** Enough to recognise a value by; a request must not be echoed at length. */
  static final int MAX_LENGTH = 1024;

  private final StringBuilder text = new StringBuilder();

  private Excerpt() {}

  static String of(Object value) {
    var excerpt = new Excerpt();
    excerpt.add(value);
    return excerpt.text.toString();
  }

  private boolean isFull() {
    return text.length() >= MAX_LENGTH;
  }

  private void add(@Nullable Object value) {
    switch (value) {
      case Collection<?> elements -> addAll(elements);
      case Map<?, ?> entries -> addAll(entries);
      case Shape shape -> addMembers(shape);
      case null, default -> append(String.valueOf(value));
    }
  }

  private void append(String piece) {
    int room = MAX_LENGTH - text.length();
    if (piece.length() <= room) {
      text.append(piece);
    } else if (room > 0) {
      text.append(piece, 0, room).append("...");
    }
  }

  private void addAll(Collection<?> elements) {
    append("[");
    var separator = "";
    for (var element : elements) {
      if (isFull()) {
        return;
      }
      append(separator);
      add(element);
      separator = ", ";
    }
    append("]");
  }

  private void addAll(Map<?, ?> entries) {
    append("{");
    var separator = "";
    for (var entry : entries.entrySet()) {
      if (isFull()) {
        return;
      }
      append(separator);
      add(entry.getKey());
      append("=");
      add(entry.getValue());
      separator = ", ";
    }
    append("}");
  }

  private void addMembers(Shape shape) {
    append(shape.schema().name());
    append("(");
    var separator = "";
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null && !isFull()) {
        append(separator);
        append(member.name());
        append("=");
        add(member.isSecret() ? "***" : value);
        separator = ", ";
      }
    }
    append(")");
  }
}
