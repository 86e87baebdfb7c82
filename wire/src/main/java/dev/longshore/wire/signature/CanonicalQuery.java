package dev.longshore.wire.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The query's canonical form: each name and value read as form data ({@code +} is a space, for Go's
 * clients send it so), encoded anew by RFC 3986, sorted by name, then value.
 */
final class CanonicalQuery {
  private static final Comparator<Pair> ORDER =
      Comparator.comparing(Pair::name).thenComparing(Pair::value);

  private record Pair(String name, String value) {}

  private CanonicalQuery() {}

  /** The canonical form, without the pairs of the name to leave out, if one is given. */
  static String of(String query, @Nullable String leftOut) {
    if (query.isEmpty()) {
      return "";
    }
    List<Pair> pairs = pairs(query);
    pairs.sort(ORDER);
    var out = new StringBuilder(query.length() + 32);
    for (Pair pair : pairs) {
      if (!pair.name.equals(leftOut)) {
        out.append(out.isEmpty() ? "" : "&").append(pair.name).append('=').append(pair.value);
      }
    }
    return out.toString();
  }

  private static List<Pair> pairs(String query) {
    var pairs = new ArrayList<Pair>();
    for (int start = 0; start < query.length(); ) {
      int end = end(query, start);
      if (end > start) {
        int equals = equalsSign(query, start, end);
        String value = equals == end ? "" : reencoded(query, equals + 1, end);
        pairs.add(new Pair(reencoded(query, start, equals), value));
      }
      start = end + 1;
    }
    return pairs;
  }

  private static int end(String query, int start) {
    int end = query.indexOf('&', start);
    return end < 0 ? query.length() : end;
  }

  private static int equalsSign(String query, int start, int end) {
    int equals = query.indexOf('=', start);
    return equals < 0 || equals > end ? end : equals;
  }

  private static String reencoded(String text, int from, int to) {
    var out = new StringBuilder(to - from + 8);
    for (int i = from; i < to; i++) {
      int octet = text.charAt(i);
      if (octet == '+') {
        octet = ' ';
      } else if (octet == '%') {
        int escaped = Percent.octet(text, i, to);
        if (escaped >= 0) {
          octet = escaped;
          i += 2;
        }
      }
      Percent.append(out, octet);
    }
    return out.toString();
  }

  /** The decoded value of the first pair of this name, or null; the name needs no escapes. */
  static @Nullable String value(String query, String name) {
    for (int start = 0; start < query.length(); ) {
      int end = end(query, start);
      int equals = equalsSign(query, start, end);
      if (named(query, start, equals, name)) {
        return equals == end ? "" : decoded(query, equals + 1, end);
      }
      start = end + 1;
    }
    return null;
  }

  /** How many pairs of this name there are. */
  static int occurrences(String query, String name) {
    int count = 0;
    for (Pair pair : pairs(query)) {
      count += pair.name.equals(name) ? 1 : 0;
    }
    return count;
  }

  private static boolean named(String query, int start, int end, String name) {
    return end - start == name.length() && query.startsWith(name, start);
  }

  private static String decoded(String text, int from, int to) {
    var out = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int escaped = c == '%' ? Percent.octet(text, i, to) : -1;
      if (escaped >= 0) {
        out.append((char) escaped);
        i += 2;
      } else {
        out.append(c == '+' ? ' ' : c);
      }
    }
    return out.toString();
  }
}
