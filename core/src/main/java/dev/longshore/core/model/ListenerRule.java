package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.elbv2.Rule;
import dev.longshore.shapes.elbv2.Tag;
import java.util.List;

/**
 * A rule of a listener, other than its default rule, which is part of the listener.
 *
 * @param priority 1 to 50000, unique within the listener; the lowest that matches wins
 * @param specification as the API shows it, conditions and actions normalised
 */
public record ListenerRule(
    String arn, String listenerArn, int priority, Rule specification, List<Tag> tags) {
  /** Keyed by ARN. */
  public static final Kind<ListenerRule> KIND =
      Kind.of("listenerRule", ListenerRule.class, ListenerRule::arn);

  /** Buckets by listener ARN. */
  public static final Index<ListenerRule> OF_LISTENER =
      KIND.index("listener", ListenerRule::listenerArn);

  public ListenerRule withSpecification(Rule value) {
    return new ListenerRule(arn, listenerArn, priority, value, tags);
  }

  /** The same rule in another place of the order. */
  public ListenerRule withPriority(int value) {
    Rule moved = specification.toBuilder().priority(Integer.toString(value)).build();
    return new ListenerRule(arn, listenerArn, value, moved, tags);
  }

  public ListenerRule withTags(List<Tag> value) {
    return new ListenerRule(arn, listenerArn, priority, specification, value);
  }
}
