package dev.longshore.server.http;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The {@code date} header, formatted once a second. */
final class HttpDate {
  private static final DateTimeFormatter FORM = DateTimeFormatter.RFC_1123_DATE_TIME;
  private static volatile Stamp last = new Stamp(Long.MIN_VALUE, "");

  private record Stamp(long second, String text) {}

  private HttpDate() {}

  static String now() {
    long second = System.currentTimeMillis() / 1000;
    Stamp stamp = last;
    if (stamp.second != second) {
      stamp =
          new Stamp(second, FORM.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
      last = stamp;
    }
    return stamp.text;
  }
}
