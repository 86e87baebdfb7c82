package dev.longshore.gateway.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Copies that keep an order, for what is written must not depend on hashing. */
final class Ordered {
  private Ordered() {}

  static <V> Map<String, V> copy(Map<String, V> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
