package dev.longshore.server.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a request asks for.
 *
 * @param first of the first byte
 * @param length negative where there are no such bytes
 * @param whole whether it asks for no part
 */
record ByteRange(long first, long length, boolean whole) {
  private static final Pattern ONE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /** What the header asks for; several ranges, or none that can be read, ask for all. */
  static ByteRange asked(@Nullable String header, long size) {
    Matcher range = ONE.matcher(header == null ? "" : header.strip());
    if (!range.matches() || (range.group(1).isEmpty() && range.group(2).isEmpty())) {
      return new ByteRange(0, size, true);
    }
    if (range.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(range.group(2)));
      return new ByteRange(size - last, last == 0 ? -1 : last, false);
    }
    long first = Long.parseLong(range.group(1));
    long end = range.group(2).isEmpty() ? size - 1 : Long.parseLong(range.group(2));
    if (end < first && !range.group(2).isEmpty()) {
      return new ByteRange(0, size, true);
    }
    return new ByteRange(first, first >= size ? -1 : Math.min(end, size - 1) - first + 1, false);
  }

  boolean unsatisfiable() {
    return length < 0;
  }

  String header(long size) {
    return "bytes " + first + '-' + (first + length - 1) + '/' + size;
  }
}
