package dev.longshore.core.placement.language;

import dev.longshore.shapes.ecs.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts an expression into its words. What a word is depends on where it stands: a value may hold
 * letters that end a name, and a regular expression may hold brackets that end a value. So the
 * parser says what it wants to read next.
 */
final class Lexer {
  private final String text;
  private int at;

  Lexer(String text) {
    this.text = text;
  }

  /** Where the next word begins, counted from 0. */
  int position() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  boolean isAtEnd() {
    return position() == text.length();
  }

  /** Takes these letters if they come next. */
  boolean take(String symbol) {
    if (!text.startsWith(symbol, position())) {
      return false;
    }
    at += symbol.length();
    return true;
  }

  /** Takes this word if it comes next, and not a longer one. */
  boolean takeWord(String word) {
    int end = position() + word.length();
    if (!text.startsWith(word, at) || (end < text.length() && isName(text.charAt(end)))) {
      return false;
    }
    at = end;
    return true;
  }

  /** Takes the letters that may stand in the name of a subject; "" where there are none. */
  String name() {
    int start = position();
    while (at < text.length() && (isName(text.charAt(at)) || text.charAt(at) == ':')) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Takes an operator: the longest symbol that is one, or a word; null where there is none. */
  @Nullable Operator operator() {
    int start = position();
    int word = start < text.length() && text.charAt(start) == '!' ? start + 1 : start;
    int end = word;
    while (end < text.length() && isName(text.charAt(end))) {
      end++;
    }
    Operator found = end > word ? Operator.of(text.substring(start, end)) : null;
    for (int length = 2; found == null && length > 0; length--) {
      end = Math.min(start + length, text.length());
      found = Operator.of(text.substring(start, end));
    }
    if (found != null) {
      at = end;
    }
    return found;
  }

  /**
   * Takes a value, quoted or bare.
   *
   * @param regular whether it is a regular expression, which may hold brackets and commas bare
   * @throws InvalidParameterException there is none, or its quotation mark is never closed
   */
  String value(boolean regular) {
    int start = position();
    char first = start < text.length() ? text.charAt(start) : ' ';
    if (first == '\'' || first == '"') {
      int close = text.indexOf(first, start + 1);
      if (close < 0) {
        throw fault(start, "this quotation mark is never closed");
      }
      at = close + 1;
      return text.substring(start + 1, close);
    }
    while (at < text.length() && isBare(regular)) {
      at++;
    }
    if (at == start) {
      throw fault(start, "a value is expected here");
    }
    return text.substring(start, at);
  }

  private boolean isBare(boolean regular) {
    char letter = text.charAt(at);
    return switch (letter) {
      case '(', ')', '\'', '"' -> false;
      case '[', ']', ',' -> regular;
      case '&', '|' -> at + 1 == text.length() || text.charAt(at + 1) != letter;
      default -> !Character.isWhitespace(letter);
    };
  }

  /** The letters of attributes' names, and so of all words. */
  private static boolean isName(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || "-_/\\.".indexOf(letter) >= 0;
  }

  /**
   * The caller's fault.
   *
   * @param position counted from 0; users count from 1
   */
  static InvalidParameterException fault(int position, String what) {
    return new InvalidParameterException(
        "Invalid expression at position " + (position + 1) + ": " + what + ".");
  }
}
