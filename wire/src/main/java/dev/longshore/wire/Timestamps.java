package dev.longshore.wire;

import dev.longshore.shapes.TimestampFormat;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Instants in the three formats of AWS, with a precision of a millisecond. */
final class Timestamps {
  /** The years 1 to 9999: what every format can write. */
  private static final double EARLIEST = -62_135_596_800d;

  private static final double LATEST = 253_402_300_799.999d;

  private static final DateTimeFormatter HTTP_DATE =
      new DateTimeFormatterBuilder()
          .appendPattern("EEE, dd MMM yyyy HH:mm:ss")
          .appendFraction(ChronoField.MILLI_OF_SECOND, 0, 3, true)
          .appendLiteral(" GMT")
          .toFormatter(Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Timestamps() {}

  /**
   * The instant so many seconds after 1970.
   *
   * @throws DateTimeException when the year has not one to four digits
   */
  static Instant ofEpochSeconds(double seconds) {
    if (!(seconds >= EARLIEST && seconds <= LATEST)) {
      throw new DateTimeException("out of range: " + seconds);
    }
    return Instant.ofEpochMilli(Math.round(seconds * 1000));
  }

  /** Seconds since 1970 as a decimal number without an exponent. */
  static String epochSeconds(Instant instant) {
    return BigDecimal.valueOf(instant.toEpochMilli(), 3).stripTrailingZeros().toPlainString();
  }

  static String format(Instant instant, TimestampFormat format) {
    return switch (format) {
      case EPOCH_SECONDS -> epochSeconds(instant);
      case DATE_TIME -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
      case HTTP_DATE -> HTTP_DATE.format(instant);
    };
  }

  /**
   * Reads a text.
   *
   * @throws DateTimeException when it is not of this format
   */
  static Instant parse(String text, TimestampFormat format) {
    return switch (format) {
      case EPOCH_SECONDS -> ofEpochSeconds(number(text));
      case DATE_TIME -> OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
      case HTTP_DATE -> ZonedDateTime.parse(text, HTTP_DATE).toInstant();
    };
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new DateTimeException("not a number of seconds: " + text, e);
    }
  }
}
