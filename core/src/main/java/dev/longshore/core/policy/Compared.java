package dev.longshore.core.policy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads the texts of conditions as numbers and times. What is neither compares with nothing. */
final class Compared {
  /** Longer texts are no numbers that anybody means. */
  private static final int LONGEST = 40;

  private Compared() {}

  /** The number; NaN where the text is none. */
  static double number(String text) {
    boolean plain = !text.isEmpty() && text.length() <= LONGEST;
    for (int at = 0; plain && at < text.length(); at++) {
      plain = "+-.eE0123456789".indexOf(text.charAt(at)) >= 0;
    }
    if (!plain) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      // Letters of a number in no order of one: it compares with nothing.
      return Double.NaN;
    }
  }

  /** The time: of ISO 8601, or seconds since 1970; null where the text is neither. */
  static @Nullable Instant time(String text) {
    double seconds = number(text);
    if (!Double.isNaN(seconds) && text.indexOf('-', 1) < 0) {
      return Math.abs(seconds) < 1e11 ? Instant.ofEpochMilli((long) (seconds * 1000)) : null;
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      // Not a time, so it compares with nothing.
      return null;
    }
  }
}
