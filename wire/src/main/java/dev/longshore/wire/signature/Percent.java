package dev.longshore.wire.signature;

/** RFC 3986's percent-encoding as AWS wants it: all but {@code A-Za-z0-9-_.~}, in upper case. */
final class Percent {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final boolean[] UNRESERVED = new boolean[256];

  static {
    String unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    unreserved.chars().forEach(c -> UNRESERVED[c] = true);
  }

  private Percent() {}

  /** Appends one byte, encoded where it must be. */
  static void append(StringBuilder out, int octet) {
    if (UNRESERVED[octet & 0xff]) {
      out.append((char) octet);
    } else {
      out.append('%').append(HEX[(octet >> 4) & 0xf]).append(HEX[octet & 0xf]);
    }
  }

  static void append(StringBuilder out, String octets) {
    for (int i = 0; i < octets.length(); i++) {
      append(out, octets.charAt(i));
    }
  }

  /** The octet that {@code %XX} at this place stands for, or -1 where no such escape is there. */
  static int octet(String text, int percent, int end) {
    if (percent + 2 >= end) {
      return -1;
    }
    int high = Character.digit(text.charAt(percent + 1), 16);
    int low = Character.digit(text.charAt(percent + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
