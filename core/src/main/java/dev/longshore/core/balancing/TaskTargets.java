package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;

/** Registers tasks with target groups, and lets them go. */
public final class TaskTargets {
  /** So long a task stays at most when its group has no delay and no gateway says it follows. */
  private static final Duration UNANSWERED = Duration.ofSeconds(5);

  private TaskTargets() {}

  /** Whether some listener or rule sends to the group. */
  public static boolean isBalanced(View view, String targetGroupArn) {
    return Forwardings.isUsed(view, targetGroupArn);
  }

  /**
   * Registers a task's port.
   *
   * @param id what the group's targets are named by: an instance's id or an address
   * @throws dev.longshore.shapes.elbv2.TooManyTargetsException the group is full
   */
  public static void register(Draft draft, TargetGroup group, String id, int port, String taskArn) {
    Targets.register(draft, group, id, port, taskArn);
  }

  /**
   * Lets a task's target go, after the delay of its group; where that has none, once the data plane
   * sends it nothing more, which {@link ReportFollowed} tells.
   */
  public static void deregister(Draft draft, Target target, Instant now) {
    TargetGroup group = draft.find(TargetGroup.KIND, target.targetGroupArn());
    if (group == null) {
      draft.remove(Target.KIND, target.key());
    } else if (group.deregistrationDelay() == 0 && isFollowed(draft, group.arn())) {
      draft.put(Target.KIND, target.draining(now.plus(UNANSWERED)));
    } else {
      Targets.deregister(draft, group, target, now);
    }
  }

  private static boolean isFollowed(View view, String targetGroupArn) {
    for (String arn : Forwardings.loadBalancers(view, targetGroupArn)) {
      if (LoadBalancers.existing(view, arn).isFollowed()) {
        return true;
      }
    }
    return false;
  }
}
