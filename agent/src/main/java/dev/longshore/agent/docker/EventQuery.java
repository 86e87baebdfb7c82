package dev.longshore.agent.docker;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which events to be told of.
 *
 * @param since events from this time on, as far as the engine remembers; null means from now on
 * @param filters the engine's own, such as {@code type}, {@code event}, {@code label}
 */
public record EventQuery(@Nullable Instant since, Map<String, List<String>> filters) {
  /**
   * The events of containers that have all the given labels ({@code name} or {@code name=value}).
   */
  public static EventQuery containers(@Nullable Instant since, List<String> labels) {
    var filters = new LinkedHashMap<String, List<String>>();
    filters.put("type", List.of("container"));
    if (!labels.isEmpty()) {
      filters.put("label", labels);
    }
    return new EventQuery(since, filters);
  }
}
