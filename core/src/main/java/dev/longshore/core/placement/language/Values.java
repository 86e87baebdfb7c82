package dev.longshore.core.placement.language;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Reads numbers and dates; null: the text is none. */
final class Values {
  private static final int DATE_LENGTH = "2018-06-18".length();

  /** Enough for any count or size, and few enough that comparing costs nothing. */
  private static final int MAX_DIGITS = 18;

  private Values() {}

  /** A decimal number such as {@code -12.5}, without exponent. */
  static @Nullable BigDecimal number(String text) {
    int digits = 0;
    boolean dot = false;
    for (int at = text.startsWith("-") ? 1 : 0; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter == '.' && !dot && digits > 0 && at < text.length() - 1) {
        dot = true;
      } else if (letter >= '0' && letter <= '9' && digits < MAX_DIGITS) {
        digits++;
      } else {
        return null;
      }
    }
    return digits == 0 ? null : new BigDecimal(text);
  }

  /** A whole number. */
  static @Nullable Long count(String text) {
    BigDecimal number = number(text);
    return number == null || number.scale() > 0 ? null : number.longValue();
  }

  /**
   * A moment: {@code 2018-06-18}, {@code 2018-06-18T22:28}, with seconds, with their fraction, and
   * with an offset or {@code Z}; what names no offset means UTC, a date its first moment.
   */
  static @Nullable Instant moment(String text) {
    try {
      if (text.length() == DATE_LENGTH) {
        return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      return hasOffset(text)
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException notOne) {
      return null;
    }
  }

  private static boolean hasOffset(String text) {
    int time = Math.min(DATE_LENGTH, text.length());
    return text.endsWith("Z") || text.indexOf('+', time) > 0 || text.indexOf('-', time) > 0;
  }
}
