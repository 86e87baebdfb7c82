package dev.longshore.gateway.route;

import java.util.List;

/**
 * What is done with requests that meet all conditions.
 *
 * @param priority 1 to 50000, unique within its listener; the lowest is asked first
 */
public record Rule(String arn, int priority, List<Condition> conditions, Action action) {
  public Rule {
    conditions = List.copyOf(conditions);
  }
}
