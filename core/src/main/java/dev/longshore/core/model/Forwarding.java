package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;

/**
 * That a listener or a rule sends to a target group. Follows from their actions; it stands in rows
 * of its own because a rule may name five groups, and an index one.
 *
 * @param by the ARN of the rule, or of the listener for its default action
 */
public record Forwarding(String by, String targetGroupArn, String loadBalancerArn) {
  /** Keyed by who sends and where to. */
  public static final Kind<Forwarding> KIND =
      Kind.of("forwarding", Forwarding.class, row -> key(row.by(), row.targetGroupArn()));

  /** Buckets by the ARN of the listener or rule. */
  public static final Index<Forwarding> BY = KIND.index("by", Forwarding::by);

  /** Buckets by target group ARN. */
  public static final Index<Forwarding> TO_GROUP = KIND.index("group", Forwarding::targetGroupArn);

  /** Buckets by load balancer ARN. */
  public static final Index<Forwarding> OF_LOAD_BALANCER =
      KIND.index("loadBalancer", Forwarding::loadBalancerArn);

  /** The key of such a row. */
  public static String key(String by, String targetGroupArn) {
    return by + ' ' + targetGroupArn;
  }
}
