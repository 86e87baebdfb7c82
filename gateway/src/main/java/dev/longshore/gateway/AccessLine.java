package dev.longshore.gateway;

import dev.longshore.gateway.http.AccessEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request as AWS writes it into an application load balancer's log; "-" is for what is unknown.
 */
final class AccessLine {
  private AccessLine() {}

  static String of(AccessEntry entry) {
    String time =
        Instant.ofEpochMilli(entry.epochMillis()).truncatedTo(ChronoUnit.MILLIS).toString();
    return String.join(
        " ",
        entry.type(),
        time,
        entry.balancer(),
        entry.client(),
        entry.target(),
        seconds(entry.untilForwarded()),
        seconds(entry.untilAnswered()),
        seconds(entry.untilDone()),
        Integer.toString(entry.status()),
        entry.targetStatus() == 0 ? "-" : Integer.toString(entry.targetStatus()),
        Long.toString(entry.received()),
        Long.toString(entry.sent()),
        quoted(entry.method() + ' ' + entry.url() + ' ' + entry.version()),
        quoted(entry.userAgent()),
        "-",
        "-",
        entry.groupArn() == null ? "-" : entry.groupArn(),
        quoted(entry.traceId()));
  }

  private static String seconds(long nanos) {
    return nanos < 0 ? "-1" : String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** What a client sent can neither end its field nor its line. */
  private static String quoted(@Nullable String text) {
    if (text == null) {
      return "\"-\"";
    }
    StringBuilder safe = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == 0x7f) {
        safe.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.append('"').toString();
  }
}
