package dev.longshore.server.http;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The header fields of a request, as they arrived. Names are looked up without regard to case; a
 * value's characters are the bytes of the wire (ISO-8859-1). HTTP/2's {@code :authority} shows as
 * {@code host}.
 */
public interface Headers {
  /** The first value of this name, or null where the request has none. */
  @Nullable String first(String name);

  /** Every value of this name in the order of arrival; empty where there is none. */
  List<String> all(String name);

  /** The names that have values, in lower case. */
  Set<String> names();

  /** The values of this name joined by {@code ,}; null where there is none. SigV4 signs this. */
  default @Nullable String joined(String name) {
    List<String> values = all(name);
    return switch (values.size()) {
      case 0 -> null;
      case 1 -> values.getFirst();
      default -> String.join(",", values);
    };
  }
}
