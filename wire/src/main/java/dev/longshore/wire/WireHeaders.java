package dev.longshore.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields of a message. Names are compared without regard to case. */
public interface WireHeaders {
  WireHeaders NONE = of();

  /** The first value of this name, null where there is none. */
  default @Nullable String first(String name) {
    var values = all(name);
    return values.isEmpty() ? null : values.getFirst();
  }

  /** Every value of this name in order, empty where there is none. */
  List<String> all(String name);

  /** The names that have values, in lower case. */
  Set<String> names();

  /**
   * Headers of alternating names and values; a name may occur several times.
   *
   * @throws IllegalArgumentException when a name has no value
   */
  static WireHeaders of(String... namesAndValues) {
    if (namesAndValues.length % 2 != 0) {
      throw new IllegalArgumentException("a header has a name but no value");
    }
    var fields = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields
          .computeIfAbsent(namesAndValues[i].toLowerCase(Locale.ROOT), name -> new ArrayList<>(1))
          .add(namesAndValues[i + 1]);
    }
    return of(fields);
  }

  /** Headers by name in lower case. */
  static WireHeaders of(Map<String, List<String>> fields) {
    var copy = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    return new WireHeaders() {
      @Override
      public List<String> all(String name) {
        var values = copy.get(name.toLowerCase(Locale.ROOT));
        return values == null ? List.of() : Collections.unmodifiableList(values);
      }

      @Override
      public Set<String> names() {
        return copy.keySet();
      }

      @Override
      public String toString() {
        return copy.keySet().toString();
      }
    };
  }
}
