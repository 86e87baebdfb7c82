package dev.longshore.wire;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.TimestampFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;

/** Scalars as plain text, for queries, labels, headers and XML. */
final class ScalarText {
  /** What Java would accept beyond this, such as {@code 1d} and {@code 0x1p3}, is not a number. */
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?+[0-9]*+\\.?+[0-9]*+(?:[eE][-+]?+[0-9]++)?+");

  private ScalarText() {}

  /**
   * Reads a member's value.
   *
   * @param otherwise the format of timestamps whose format the model leaves open
   * @throws IllegalArgumentException with AWS's text when the value is not of the member's type
   */
  static Object parse(Member member, String text, TimestampFormat otherwise) {
    try {
      return switch (member.kind()) {
        case STRING -> text;
        case BOOLEAN -> bool(text);
        case INTEGER -> Integer.valueOf(text.trim());
        case LONG -> Long.valueOf(text.trim());
        case FLOAT -> (float) floating(text.trim());
        case DOUBLE -> floating(text.trim());
        case TIMESTAMP -> Timestamps.parse(text.trim(), format(member, otherwise));
        case BLOB -> Blob.ofBase64(text.trim());
        case DOCUMENT, LIST, MAP, STRUCTURE ->
            throw new IllegalArgumentException(member.kind() + " is no scalar");
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw mismatch(member.kind());
    } catch (IllegalArgumentException e) {
      if (member.kind() == Kind.BLOB) {
        throw mismatch(Kind.BLOB);
      }
      throw e;
    }
  }

  /** Writes a scalar of a member. */
  static String format(Member member, Object value, TimestampFormat otherwise) {
    return switch (member.kind()) {
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE -> value.toString();
      case TIMESTAMP -> Timestamps.format((Instant) value, format(member, otherwise));
      case BLOB -> ((Blob) value).toBase64();
      case DOCUMENT, LIST, MAP, STRUCTURE ->
          throw new IllegalArgumentException(member.kind() + " is no scalar");
    };
  }

  private static TimestampFormat format(Member member, TimestampFormat otherwise) {
    var format = member.timestampFormat();
    return format == null ? otherwise : format;
  }

  private static Boolean bool(String text) {
    return switch (text.trim()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw mismatch(Kind.BOOLEAN);
    };
  }

  private static double floating(String text) {
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        if (!DECIMAL.matcher(text).matches()) {
          throw mismatch(Kind.DOUBLE);
        }
        yield Double.parseDouble(text);
      }
    };
  }

  private static IllegalArgumentException mismatch(Kind kind) {
    return new IllegalArgumentException(Malformed.scalar("STRING_VALUE", kind).getMessage());
  }
}
