package dev.longshore.core.placement.language;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of dotted numbers, of which 1.9.0 is less than 1.14.5. What is not written counts as
 * zero, so 1.14 equals 1.14.0.
 */
record Version(List<Integer> parts) implements Comparable<Version> {
  private static final int MAX_DIGITS = 9;

  /** The version that is written there; null: that is none. */
  static @Nullable Version of(String text) {
    return read(text, text.length());
  }

  /** The version that the text begins with, as in {@code 1.80.0-rc1}; null: there is none. */
  static @Nullable Version leading(String text) {
    int end = 0;
    while (end < text.length() && isPart(text.charAt(end))) {
      end++;
    }
    return read(text, end);
  }

  private static @Nullable Version read(String text, int end) {
    List<Integer> parts = new ArrayList<>();
    int start = 0;
    while (start <= end) {
      int dot = text.indexOf('.', start);
      int stop = dot < 0 || dot > end ? end : dot;
      if (!isNumber(text, start, stop)) {
        return null;
      }
      parts.add(Integer.parseInt(text, start, stop, 10));
      start = stop + 1;
    }
    return new Version(List.copyOf(parts));
  }

  private static boolean isNumber(String text, int start, int stop) {
    if (stop == start || stop - start > MAX_DIGITS) {
      return false;
    }
    for (int at = start; at < stop; at++) {
      if (text.charAt(at) < '0' || text.charAt(at) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPart(char letter) {
    return letter == '.' || (letter >= '0' && letter <= '9');
  }

  @Override
  public int compareTo(Version other) {
    int most = Math.max(parts.size(), other.parts.size());
    for (int at = 0; at < most; at++) {
      int order = Integer.compare(part(at), other.part(at));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private int part(int at) {
    return at < parts.size() ? parts.get(at) : 0;
  }
}
