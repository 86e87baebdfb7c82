package dev.longshore.simulation;

import dev.longshore.server.http.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Header fields of a request that no socket carried; names in lower case. */
record PlainHeaders(Map<String, String> fields) implements Headers {
  @Override
  public @Nullable String first(String name) {
    return fields.get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public List<String> all(String name) {
    String value = first(name);
    return value == null ? List.of() : List.of(value);
  }

  @Override
  public Set<String> names() {
    return fields.keySet();
  }
}
