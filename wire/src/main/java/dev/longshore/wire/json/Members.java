package dev.longshore.wire.json;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the members of a JSON object; whatever is null or absent is left out. */
public final class Members {
  private final Map<String, Json> members = new LinkedHashMap<>();

  public Members put(String name, @Nullable Json value) {
    if (value != null && !value.isNull()) {
      members.put(name, value);
    }
    return this;
  }

  public Members put(String name, @Nullable String value) {
    return put(name, Json.of(value));
  }

  public Members put(String name, @Nullable Integer value) {
    return value == null ? this : put(name, Json.of(value.longValue()));
  }

  public Members put(String name, @Nullable Long value) {
    return value == null ? this : put(name, Json.of(value.longValue()));
  }

  public Members put(String name, @Nullable Boolean value) {
    return value == null ? this : put(name, Json.of(value.booleanValue()));
  }

  /** An array of strings; left out where the collection is null or empty. */
  public Members put(String name, @Nullable Collection<String> values) {
    return values == null || values.isEmpty() ? this : put(name, Json.items(values));
  }

  /** An array of what each value becomes; left out where the collection is null or empty. */
  public <T> Members put(String name, @Nullable Collection<T> values, Function<T, Json> each) {
    return values == null || values.isEmpty() ? this : put(name, Json.items(values, each));
  }

  public Json.Fields json() {
    return new Json.Fields(members);
  }
}
