package dev.longshore.core.model;

import dev.longshore.core.state.Kind;

/**
 * That a service's traffic was shifted by a rule, and that the data plane has not said yet that it
 * sends nothing the way it was before.
 *
 * @param ruleArn of the rule, or of the listener whose default rule is meant
 */
public record TrafficShift(String ruleArn, String serviceArn) {
  /** Keyed by rule. */
  public static final Kind<TrafficShift> KIND =
      Kind.of("trafficShift", TrafficShift.class, TrafficShift::ruleArn);
}
