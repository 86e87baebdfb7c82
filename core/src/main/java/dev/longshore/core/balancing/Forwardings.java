package dev.longshore.core.balancing;

import dev.longshore.core.model.Forwarding;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.IncompatibleProtocolsException;
import dev.longshore.shapes.elbv2.TargetGroupAssociationLimitException;
import dev.longshore.shapes.elbv2.TooManyUniqueTargetGroupsPerLoadBalancerException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Keeps the rows that say who sends to which target group. */
final class Forwardings {
  static final int MOST_GROUPS = 100;

  private Forwardings() {}

  /**
   * Notes where a listener or rule sends to from now on.
   *
   * @param by the ARN of the rule, or of the listener for its default action
   * @throws dev.longshore.shapes.ServiceException a group cannot be sent to from there
   */
  static void replace(
      Draft draft, String by, LoadBalancer balancer, @Nullable List<Action> actions) {
    drop(draft, by);
    for (String arn : Actions.targetGroups(Given.list(actions))) {
      checkProtocol(TargetGroups.existing(draft, arn), balancer);
      for (Forwarding other : draft.by(Forwarding.TO_GROUP, arn)) {
        if (!other.loadBalancerArn().equals(balancer.arn())) {
          throw new TargetGroupAssociationLimitException(
              "The following target groups cannot be associated with more than one load balancer: "
                  + arn);
        }
      }
      draft.put(Forwarding.KIND, new Forwarding(by, arn, balancer.arn()));
    }
    if (targetGroups(draft, balancer.arn()).size() > MOST_GROUPS) {
      throw new TooManyUniqueTargetGroupsPerLoadBalancerException(
          "The maximum number of unique target groups per load balancer has been reached");
    }
    Targets.checkRoom(draft, balancer);
  }

  /** The groups that a load balancer sends to, each once. */
  static Set<String> targetGroups(View view, String loadBalancerArn) {
    Set<String> groups = new TreeSet<>();
    for (Forwarding each : view.by(Forwarding.OF_LOAD_BALANCER, loadBalancerArn)) {
      groups.add(each.targetGroupArn());
    }
    return groups;
  }

  private static void checkProtocol(TargetGroup group, LoadBalancer balancer) {
    if (group.isHttp() != balancer.isApplication()) {
      throw new IncompatibleProtocolsException(
          "The protocol of the target group '"
              + group.arn()
              + "' is not compatible with load balancers of type '"
              + balancer.specification().type()
              + "'");
    }
  }

  /** Forgets where a listener or rule sent to. */
  static void drop(Draft draft, String by) {
    for (Forwarding each : draft.by(Forwarding.BY, by)) {
      draft.remove(Forwarding.KIND, Forwarding.key(each.by(), each.targetGroupArn()));
    }
  }

  /** The load balancers that send to a group, each once: none or one. */
  static List<String> loadBalancers(View view, String targetGroupArn) {
    TreeSet<String> arns = new TreeSet<>();
    for (Forwarding each : view.by(Forwarding.TO_GROUP, targetGroupArn)) {
      arns.add(each.loadBalancerArn());
    }
    return List.copyOf(arns);
  }

  /** Whether any listener or rule sends to the group. */
  static boolean isUsed(View view, String targetGroupArn) {
    return view.count(Forwarding.TO_GROUP, targetGroupArn) > 0;
  }

  static LoadBalancer balancer(View view, Listener listener) {
    return LoadBalancers.existing(view, listener.loadBalancerArn());
  }
}
