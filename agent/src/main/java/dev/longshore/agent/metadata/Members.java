package dev.longshore.agent.metadata;

import dev.longshore.wire.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects an object's members in their order, leaving out those without a value. */
final class Members {
  private final Map<String, Json> members = new LinkedHashMap<>();

  Members put(String name, Json value) {
    if (!value.isNull()) {
      members.put(name, value);
    }
    return this;
  }

  Json.Fields build() {
    return new Json.Fields(members);
  }

  Json buildUnlessEmpty() {
    return members.isEmpty() ? Json.none() : build();
  }
}
