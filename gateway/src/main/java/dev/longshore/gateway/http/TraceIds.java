package dev.longshore.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.concurrent.ThreadLocalRandom;

/** The header by which a request can be followed. */
final class TraceIds {
  private static final AsciiString NAME = AsciiString.cached("X-Amzn-Trace-Id");
  private static final char[] HEX = "0123456789abcdef".toCharArray();
  private static final int LENGTH = "1-".length() + 8 + 1 + 24;

  private TraceIds() {}

  /** Sets or extends the header, and returns what it holds now. */
  static String on(HttpHeaders headers) {
    String given = headers.get(NAME);
    String fresh = fresh();
    String value;
    if (given == null || given.isBlank()) {
      value = "Root=" + fresh;
    } else if (given.contains("Root=")) {
      value = "Self=" + fresh + ';' + withoutSelf(given);
    } else {
      value = "Root=" + fresh + ';' + given;
    }
    headers.set(NAME, value);
    return value;
  }

  /** A load balancer before this one may have put its own part in. */
  private static String withoutSelf(String given) {
    if (!given.contains("Self=")) {
      return given;
    }
    StringBuilder rest = new StringBuilder();
    for (String field : given.split(";")) {
      if (!field.strip().startsWith("Self=")) {
        rest.append(rest.isEmpty() ? "" : ";").append(field.strip());
      }
    }
    return rest.toString();
  }

  /** {@code 1-}, the time in eight hexadecimal digits, and 24 by chance. */
  private static String fresh() {
    char[] text = new char[LENGTH];
    text[0] = '1';
    text[1] = '-';
    ThreadLocalRandom random = ThreadLocalRandom.current();
    put(text, 2, System.currentTimeMillis() / 1000, 8);
    text[10] = '-';
    put(text, 11, random.nextLong(), 12);
    put(text, 23, random.nextLong(), 12);
    return new String(text);
  }

  private static void put(char[] text, int at, long value, int digits) {
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = HEX[(int) value & 0xf];
      value >>>= 4;
    }
  }
}
