package dev.longshore.gateway.health;

import java.util.ArrayList;
import java.util.List;

/** The codes that a check may be answered with: single ones and ranges, separated by commas. */
final class Matcher {
  private record Range(int first, int last) {}

  private final List<Range> ranges = new ArrayList<>();

  /** Reads {@code 200,202} or {@code 200-299}; what is no number matches nothing. */
  Matcher(String text) {
    for (String part : text.split(",")) {
      int dash = part.indexOf('-');
      int first = number(dash < 0 ? part : part.substring(0, dash));
      int last = dash < 0 ? first : number(part.substring(dash + 1));
      if (first >= 0 && last >= first) {
        ranges.add(new Range(first, last));
      }
    }
  }

  private static int number(String text) {
    String digits = text.strip();
    return digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : -1;
  }

  boolean matches(int code) {
    return ranges.stream().anyMatch(range -> code >= range.first() && code <= range.last());
  }
}
