package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A value of a policy, which may hold variables: {@code ${key}}, {@code ${key, 'else'}}, and {@code
 * ${*}}, {@code ${?}}, {@code ${$}} for the letters themselves. What a variable stands for is
 * letters, never a wildcard.
 */
final class Template {
  private final List<Piece> pieces;
  private final @Nullable Wildcard fixed;

  /** Either a text of the policy, or the key of a variable and what stands in for it. */
  private record Piece(String text, boolean literal, @Nullable String key, @Nullable String or) {
    static Piece text(String text, boolean literal) {
      return new Piece(text, literal, null, null);
    }
  }

  private Template(List<Piece> pieces) {
    this.pieces = pieces;
    this.fixed = pieces.stream().allMatch(piece -> piece.key == null) ? wildcard(pieces) : null;
  }

  /**
   * Reads a value.
   *
   * @param variables whether the policy's version has any
   */
  static Template of(String text, boolean variables) {
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (variables) {
      int start = text.indexOf("${", at);
      int end = start < 0 ? -1 : text.indexOf('}', start);
      if (end < 0) {
        break;
      }
      pieces.add(Piece.text(text.substring(at, start), false));
      pieces.add(variable(text.substring(start + 2, end)));
      at = end + 1;
    }
    pieces.add(Piece.text(text.substring(at), false));
    return new Template(List.copyOf(pieces));
  }

  private static Piece variable(String inside) {
    if (inside.equals("*") || inside.equals("?") || inside.equals("$")) {
      return Piece.text(inside, true);
    }
    int comma = inside.indexOf(',');
    String key = (comma < 0 ? inside : inside.substring(0, comma)).strip();
    String or = comma < 0 ? null : unquoted(inside.substring(comma + 1).strip());
    return new Piece("", true, key.toLowerCase(Locale.ROOT), or);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("'") && text.endsWith("'");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static Wildcard wildcard(List<Piece> pieces) {
    return Wildcard.of(
        pieces.stream().map(piece -> new Wildcard.Part(piece.text, piece.literal)).toList());
  }

  /** The pattern that this is for a call; null where a variable has no value. */
  @Nullable Wildcard pattern(Keys keys) {
    if (fixed != null) {
      return fixed;
    }
    List<Wildcard.Part> parts = new ArrayList<>(pieces.size());
    for (Piece piece : pieces) {
      String value = value(piece, keys);
      if (value == null) {
        return null;
      }
      parts.add(new Wildcard.Part(value, piece.literal));
    }
    return Wildcard.of(parts);
  }

  /** Whether it is the same for every call. */
  boolean isFixed() {
    return fixed != null;
  }

  /** The letters that this is for a call; null where a variable has no value. */
  @Nullable String text(Keys keys) {
    if (pieces.size() == 1) {
      return pieces.getFirst().text;
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      String value = value(piece, keys);
      if (value == null) {
        return null;
      }
      text.append(value);
    }
    return text.toString();
  }

  /** A key of several values is none to put into a text. */
  private static @Nullable String value(Piece piece, Keys keys) {
    if (piece.key == null) {
      return piece.text;
    }
    List<String> values = keys.values(piece.key);
    return values == null || values.size() != 1 ? piece.or : values.getFirst();
  }
}
