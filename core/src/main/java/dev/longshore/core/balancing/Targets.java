package dev.longshore.core.balancing;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.InvalidTargetException;
import dev.longshore.shapes.elbv2.TargetDescription;
import dev.longshore.shapes.elbv2.TooManyTargetsException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Registers targets and lets them go. */
final class Targets {
  static final int MOST = 1000;

  /** Of all groups that a load balancer sends to; each registration counts. */
  static final int MOST_OF_APPLICATION = 1000;

  static final int MOST_OF_NETWORK = 3000;

  private Targets() {}

  /** The port that a description means: its own, else the group's. */
  static int port(TargetGroup group, TargetDescription target) {
    Integer port = target.port();
    return port == null ? Objects.requireNonNull(group.specification().port()) : port;
  }

  /**
   * Checks that the group can have such targets.
   *
   * @throws InvalidTargetException it cannot
   */
  static void check(View view, TargetGroup group, List<TargetDescription> targets) {
    boolean instances = TargetGroup.INSTANCE.equals(group.specification().targetType());
    for (TargetDescription target : targets) {
      String id = target.id();
      if (target.quicServerId() != null) {
        throw Faults.unsupported("targets that speak QUIC");
      }
      if (instances) {
        Faults.demand(
            id.matches("m?i-[0-9A-Za-z-]{1,64}"), "Instance ID '" + id + "' is not valid");
        if (view.count(ContainerInstance.BY_EC2_ID, id) == 0) {
          throw new InvalidTargetException(
              "The following targets are not in a running state and cannot be registered: '"
                  + id
                  + "'");
        }
      } else {
        Faults.demand(
            Cidr.address(id) != null, "The IP address '" + id + "' is not a valid IPv4 address");
        if (!Cidr.isPrivate(id)) {
          throw new InvalidTargetException(
              "The IP address '" + id + "' is not in a private network");
        }
      }
    }
  }

  /**
   * Registers a target; one that is draining is taken back, one that is registered stays as it is.
   *
   * @param taskArn the task it is registered for; null for a user's own
   * @throws TooManyTargetsException the group, or its load balancer, has as many as it may have
   */
  static void register(
      Draft draft, TargetGroup group, String id, int port, @Nullable String taskArn) {
    Target before = draft.find(Target.KIND, Target.key(group.arn(), id, port));
    if (before != null && !before.isDraining() && Objects.equals(before.taskArn(), taskArn)) {
      return;
    }
    if (before == null && draft.count(Target.OF_GROUP, group.arn()) >= MOST) {
      throw new TooManyTargetsException(
          "The maximum number of targets per target group has been reached");
    }
    draft.put(Target.KIND, Target.registered(group.arn(), id, port, taskArn));
    if (before == null) {
      for (String arn : Forwardings.loadBalancers(draft, group.arn())) {
        checkRoom(draft, LoadBalancers.existing(draft, arn));
      }
    }
  }

  /**
   * @throws TooManyTargetsException the load balancer sends to more targets than it may
   */
  static void checkRoom(View view, LoadBalancer balancer) {
    int targets = 0;
    for (String group : Forwardings.targetGroups(view, balancer.arn())) {
      targets += view.count(Target.OF_GROUP, group);
    }
    int most = balancer.isApplication() ? MOST_OF_APPLICATION : MOST_OF_NETWORK;
    if (targets > most) {
      throw new TooManyTargetsException(
          "The maximum number of targets per load balancer '" + most + "' has been reached");
    }
  }

  /**
   * Lets a target go: it gets nothing new, and is gone after the group's delay. Where there is no
   * delay, or nobody sends to the group, it is gone at once.
   */
  static void deregister(Draft draft, TargetGroup group, Target target, Instant now) {
    if (target.isDraining()) {
      return;
    }
    if (group.deregistrationDelay() == 0 || !Forwardings.isUsed(draft, group.arn())) {
      draft.remove(Target.KIND, target.key());
    } else {
      draft.put(Target.KIND, target.draining(now.plusSeconds(group.deregistrationDelay())));
    }
  }
}
