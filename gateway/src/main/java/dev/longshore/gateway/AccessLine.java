package dev.longshore.gateway;

import dev.longshore.gateway.http.AccessEntry;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request as AWS writes it into an application load balancer's log, all fields and their order;
 * "-" is for what is unknown. URLs stand there whole, with whatever their queries hold.
 */
final class AccessLine {
  /** Three digits of a second are all that is known; AWS writes six. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'000Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private static final String NONE = "\"-\"";

  private AccessLine() {}

  static String of(AccessEntry entry) {
    List<String> fields = new ArrayList<>();
    fields.add(entry.type());
    fields.add(time(entry.endedMillis()));
    fields.add(entry.balancer());
    fields.add(entry.client());
    fields.add(entry.target());
    fields.add(seconds(entry.untilForwarded()));
    fields.add(seconds(entry.untilAnswered()));
    fields.add(seconds(entry.untilDone()));
    fields.add(Integer.toString(entry.status()));
    fields.add(code(entry.targetStatus()));
    fields.add(Long.toString(entry.received()));
    fields.add(Long.toString(entry.sent()));
    fields.add(quoted(entry.method() + ' ' + entry.url() + ' ' + entry.version()));
    fields.add(quoted(entry.userAgent()));
    agreed(fields, entry);
    fields.add(Integer.toString(entry.priority()));
    fields.add(time(entry.begunMillis()));
    fields.add(quoted(entry.action()));
    fields.add(quoted(entry.redirect()));
    fields.add(NONE);
    fields.add(quoted(entry.target()));
    fields.add(quoted(code(entry.targetStatus())));
    // How a request departs from HTTP's rules is not told: those that do are refused.
    fields.add(NONE);
    fields.add(NONE);
    fields.add(entry.connection());
    // Nothing is transformed here.
    fields.add(NONE);
    fields.add(NONE);
    fields.add(NONE);
    return String.join(" ", fields);
  }

  private static void agreed(List<String> fields, AccessEntry entry) {
    AccessEntry.Tls tls = entry.tls();
    fields.add(tls == null ? "-" : tls.cipher());
    fields.add(tls == null ? "-" : tls.protocol());
    fields.add(entry.groupArn() == null ? "-" : entry.groupArn());
    fields.add(quoted(entry.traceId()));
    fields.add(quoted(tls == null ? null : tls.name()));
    fields.add(quoted(tls == null ? null : tls.certificateArn()));
  }

  private static String time(long millis) {
    return TIME.format(Instant.ofEpochMilli(millis));
  }

  private static String code(int status) {
    return status == 0 ? "-" : Integer.toString(status);
  }

  private static String seconds(long nanos) {
    return nanos < 0 ? "-1" : String.format(Locale.ROOT, "%.3f", nanos / 1e9);
  }

  /** What a client sent can neither end its field nor its line. */
  private static String quoted(@Nullable String text) {
    if (text == null) {
      return NONE;
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
