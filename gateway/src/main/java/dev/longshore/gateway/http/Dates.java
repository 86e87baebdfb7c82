package dev.longshore.gateway.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Dates as HTTP writes them. */
final class Dates {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private record Second(long second, String text) {}

  private static volatile Second last = new Second(0, "");

  private Dates() {}

  static String now() {
    long second = System.currentTimeMillis() / 1000;
    Second known = last;
    if (known.second() != second) {
      known = new Second(second, text(second));
      last = known;
    }
    return known.text();
  }

  /** The date that many seconds from now. */
  static String in(long seconds) {
    return text(System.currentTimeMillis() / 1000 + seconds);
  }

  private static String text(long epochSecond) {
    return FORMAT.format(
        ZonedDateTime.ofInstant(Instant.ofEpochSecond(epochSecond), ZoneOffset.UTC));
  }
}
