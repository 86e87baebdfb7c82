package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the tasks of a group by the value that an attribute has on their instances. */
final class Buckets {
  /** No attribute has this value: a blank at its start is refused. */
  private static final String WITHOUT = " ";

  private final String attribute;
  private final Map<String, int[]> counts = new LinkedHashMap<>();

  Buckets(String attribute) {
    this.attribute = attribute;
  }

  void add(ContainerInstance instance, int tasks) {
    counts.computeIfAbsent(valueOf(instance), value -> new int[1])[0] += tasks;
  }

  int of(ContainerInstance instance) {
    int[] count = counts.get(valueOf(instance));
    return count == null ? 0 : count[0];
  }

  private String valueOf(ContainerInstance instance) {
    String value = instance.attribute(attribute);
    return value == null ? WITHOUT : value;
  }
}
