package dev.longshore.server.metric;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is measured of what, by CloudWatch's names.
 *
 * @param namespace for example {@code AWS/ApplicationELB}
 * @param dimensions which thing it is; by name
 */
public record Metric(String namespace, String name, Map<String, String> dimensions)
    implements Comparable<Metric> {
  public Metric {
    dimensions = Collections.unmodifiableMap(new TreeMap<>(dimensions));
  }

  @Override
  public int compareTo(Metric other) {
    int order = namespace.compareTo(other.namespace);
    order = order == 0 ? name.compareTo(other.name) : order;
    return order == 0 ? dimensions.toString().compareTo(other.dimensions.toString()) : order;
  }
}
