package dev.longshore.core.balancing;

import dev.longshore.core.model.Forwarding;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.ForwardActionConfig;
import dev.longshore.shapes.elbv2.TargetGroupTuple;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets how much of a rule's requests go to which of two target groups. */
public final class RuleWeights {
  private RuleWeights() {}

  /** Whether that names a rule, or a listener, whose weights can be set. */
  public static boolean exists(View view, String arn) {
    return view.find(ListenerRule.KIND, arn) != null || ofDefault(view, arn) != null;
  }

  /** Whether a rule, a default rule, or a listener's default rule forwards to a group at all. */
  public static boolean names(View view, String arn, String group) {
    Listener listener = ofDefault(view, arn);
    String by = listener == null ? arn : listener.arn();
    return view.find(Forwarding.KIND, Forwarding.key(by, group)) != null;
  }

  /** Whether the data plane follows a rule, a default rule or a listener. */
  public static boolean isFollowed(View view, String arn) {
    ListenerRule rule = view.find(ListenerRule.KIND, arn);
    Listener listener =
        rule == null ? ofDefault(view, arn) : Listeners.existing(view, rule.listenerArn());
    return listener != null && Forwardings.balancer(view, listener).isFollowed();
  }

  /**
   * Makes a rule forward to two groups. A rule that does so already is left as it is.
   *
   * @param arn of a rule, a default rule, or a listener, whose default rule is meant
   * @param weight of the first group, 0 to {@code whole}
   * @param whole the sum of both weights, at most 999
   * @return whether it did not do so before
   * @throws ServiceException the rule is gone, or cannot send to the groups
   */
  public static boolean set(
      Draft draft, String arn, String first, int weight, String second, int whole) {
    Action action =
        Action.builder()
            .type(Actions.FORWARD)
            .forwardConfig(
                ForwardActionConfig.builder()
                    .targetGroups(
                        List.of(
                            new TargetGroupTuple(first, weight),
                            new TargetGroupTuple(second, whole - weight)))
                    .build())
            .build();
    List<Action> actions = Actions.normalised(draft, List.of(action), true);
    ListenerRule rule = draft.find(ListenerRule.KIND, arn);
    if (rule != null) {
      Listener listener = Listeners.existing(draft, rule.listenerArn());
      draft.put(
          ListenerRule.KIND,
          rule.withSpecification(rule.specification().toBuilder().actions(actions).build()));
      forward(draft, arn, listener, actions);
      return !actions.equals(rule.specification().actions());
    }
    Listener listener = ofDefault(draft, arn);
    if (listener == null) {
      throw new ServiceException("RuleNotFound", 400, "One or more rules not found");
    }
    draft.put(
        Listener.KIND,
        listener.withSpecification(
            listener.specification().toBuilder().defaultActions(actions).build(), listener.port()));
    forward(draft, listener.arn(), listener, actions);
    return !actions.equals(listener.specification().defaultActions());
  }

  private static void forward(Draft draft, String by, Listener listener, List<Action> actions) {
    LoadBalancer balancer = Forwardings.balancer(draft, listener);
    Forwardings.replace(draft, by, balancer, actions);
  }

  /** The listener that is named, itself or by its default rule; null for any other rule. */
  private static @Nullable Listener ofDefault(View view, String arn) {
    return Names.type(arn).equals("listener-rule")
        ? Rules.ofDefault(view, arn)
        : view.find(Listener.KIND, arn);
  }
}
