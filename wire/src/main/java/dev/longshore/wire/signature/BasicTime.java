package dev.longshore.wire.signature;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** ISO 8601's basic form in UTC, {@code 20260803T101500Z}, read and written without a formatter. */
final class BasicTime {
  private BasicTime() {}

  /** The time, or null where the text is not of this form or names no real date. */
  static @Nullable Instant parse(String text) {
    if (text.length() != 16 || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
      return null;
    }
    for (int i = 0; i < 15; i++) {
      if (i != 8 && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return null;
      }
    }
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 4, 6),
              number(text, 6, 8),
              number(text, 9, 11),
              number(text, 11, 13),
              number(text, 13, 15))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      // The one check for months, days of February and the like; the caller names the bad text.
      return null;
    }
  }

  static String format(Instant time) {
    LocalDateTime t = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
    var text = new StringBuilder(16);
    append(text, t.getYear(), 4);
    append(text, t.getMonthValue(), 2);
    append(text, t.getDayOfMonth(), 2);
    text.append('T');
    append(text, t.getHour(), 2);
    append(text, t.getMinute(), 2);
    append(text, t.getSecond(), 2);
    return text.append('Z').toString();
  }

  private static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }

  private static void append(StringBuilder text, int number, int width) {
    String digits = Integer.toString(number);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    text.append(digits);
  }
}
