package dev.longshore.wire;

import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ServiceException;
import org.jspecify.annotations.Nullable;

/** Requests that cannot be read: {@code SerializationException} with the texts AWS answers. */
final class Malformed {
  static final String LIST = "Start of list found where not expected";
  static final String STRUCTURE = "Start of structure or map found where not expected.";
  static final String BASE64 = "only base-64-encoded strings are convertible to bytes";

  private Malformed() {}

  /** The error, without a text where AWS gives none. */
  static ServiceException because(@Nullable String text) {
    return new ServiceException("SerializationException", 400, text);
  }

  /**
   * A value of one kind where another is expected.
   *
   * @param found {@code STRING_VALUE}, {@code NUMBER_VALUE}, {@code TRUE_VALUE} or {@code
   *     FALSE_VALUE}
   */
  static ServiceException scalar(String found, Kind expected) {
    return because(
        switch (expected) {
          case LIST -> "Expected list or null";
          case MAP -> "Expected map or null";
          case STRUCTURE -> "Expected null";
          case BLOB -> BASE64;
          default -> found + " can not be converted to " + named(expected);
        });
  }

  private static String named(Kind kind) {
    return switch (kind) {
      case STRING -> "a String";
      case INTEGER -> "an Integer";
      case LONG -> "a Long";
      case FLOAT -> "a Float";
      case DOUBLE -> "a Double";
      case BOOLEAN -> "a Boolean";
      case TIMESTAMP -> "milliseconds since epoch";
      case BLOB, DOCUMENT, LIST, MAP, STRUCTURE -> "a " + kind;
    };
  }
}
