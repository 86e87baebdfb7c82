package dev.longshore.gateway.route;

import java.util.Locale;

/** A pattern in which {@code *} is any number of characters and {@code ?} one. */
final class Glob {
  private final String pattern;
  private final boolean ignoreCase;
  private final boolean literal;

  Glob(String pattern, boolean ignoreCase) {
    this.pattern = ignoreCase ? pattern.toLowerCase(Locale.ROOT) : pattern;
    this.ignoreCase = ignoreCase;
    this.literal = pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0;
  }

  boolean matches(String text) {
    if (literal) {
      return ignoreCase ? pattern.equalsIgnoreCase(text) : pattern.equals(text);
    }
    return matchesFrom(ignoreCase ? text.toLowerCase(Locale.ROOT) : text);
  }

  /** Goes back to the last star only, so time is bounded by the lengths' product. */
  private boolean matchesFrom(String text) {
    int at = 0;
    int in = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      char wanted = in < pattern.length() ? pattern.charAt(in) : 0;
      if (in < pattern.length() && wanted == '*') {
        star = in++;
        resume = at;
      } else if (in < pattern.length() && (wanted == '?' || wanted == text.charAt(at))) {
        in++;
        at++;
      } else if (star >= 0) {
        in = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (in < pattern.length() && pattern.charAt(in) == '*') {
      in++;
    }
    return in == pattern.length();
  }
}
