package dev.longshore.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * A range of IP addresses, {@code 10.0.0.0/8} or {@code 2001:db8::/32}; an address alone is a range
 * of one.
 */
final class AddressRange {
  private final byte[] address;
  private final int bits;

  private AddressRange(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  /** The range; null where the text is none. */
  static @Nullable AddressRange of(String text) {
    int slash = text.indexOf('/');
    byte[] address = address(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int most = address.length * 8;
    int bits = slash < 0 ? most : decimal(text.substring(slash + 1), most);
    return bits < 0 ? null : new AddressRange(address, bits);
  }

  boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit += 8) {
      int left = bits - bit;
      int mask = left >= 8 ? 0xFF : 0xFF << (8 - left) & 0xFF;
      if (((address[bit / 8] ^ other[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** The bytes of an address, four or sixteen; null where the text is none. */
  static byte @Nullable [] address(String text) {
    return text.indexOf(':') < 0 ? four(text) : sixteen(text);
  }

  private static byte @Nullable [] four(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[4];
    for (int at = 0; at < 4; at++) {
      int value = parts.length == 4 ? decimal(parts[at], 255) : -1;
      if (value < 0) {
        return null;
      }
      bytes[at] = (byte) value;
    }
    return bytes;
  }

  private static byte @Nullable [] sixteen(String text) {
    int gap = text.indexOf("::");
    String[] front = groups(gap < 0 ? text : text.substring(0, gap));
    String[] back = groups(gap < 0 ? "" : text.substring(gap + 2));
    int missing = 8 - front.length - back.length;
    if (gap < 0 ? missing != 0 : missing < 1) {
      return null;
    }
    byte[] bytes = new byte[16];
    boolean good = put(front, bytes, 0) && put(back, bytes, 8 - back.length);
    return good ? bytes : null;
  }

  private static String[] groups(String text) {
    return text.isEmpty() ? new String[0] : text.split(":", -1);
  }

  private static boolean put(String[] groups, byte[] bytes, int from) {
    for (int at = 0; at < groups.length; at++) {
      int value = 0;
      if (groups[at].isEmpty() || groups[at].length() > 4) {
        return false;
      }
      for (int digit = 0; digit < groups[at].length(); digit++) {
        int hex = Character.digit(groups[at].charAt(digit), 16);
        if (hex < 0) {
          return false;
        }
        value = value * 16 + hex;
      }
      bytes[2 * (from + at)] = (byte) (value >> 8);
      bytes[2 * (from + at) + 1] = (byte) value;
    }
    return true;
  }

  private static int decimal(String text, int most) {
    if (text.isEmpty() || text.length() > 3) {
      return -1;
    }
    int value = 0;
    for (int at = 0; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value <= most ? value : -1;
  }
}
