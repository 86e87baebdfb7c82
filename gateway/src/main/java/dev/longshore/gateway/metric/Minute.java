package dev.longshore.gateway.metric;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was counted within one minute.
 *
 * @param minute since the epoch
 * @param balancers by the names that CloudWatch's dimensions have
 * @param groups as above
 */
public record Minute(long minute, Map<String, Tallied> balancers, Map<String, Tallied> groups) {
  public Minute {
    balancers = Collections.unmodifiableMap(new LinkedHashMap<>(balancers));
    groups = Collections.unmodifiableMap(new LinkedHashMap<>(groups));
  }
}
