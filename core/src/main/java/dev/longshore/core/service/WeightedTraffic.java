package dev.longshore.core.service;

import dev.longshore.core.balancing.RuleWeights;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.TrafficShift;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.AdvancedConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LoadBalancer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Shifts traffic by the weights of listener rules: each load balancer of a service has two target
 * groups, which revisions take by turns. A service without load balancers has no traffic that could
 * be shifted, and is taken through the stages all the same.
 */
final class WeightedTraffic implements Traffic {
  /** The most that two weights may add up to; it leaves no percent further off than 0.05. */
  private static final int FINE = 999;

  private static final int WHOLE = 100;

  @Override
  public void check(dev.longshore.shapes.ecs.Service specification, String strategy) {
    for (LoadBalancer each : Given.list(specification.loadBalancers())) {
      AdvancedConfiguration advanced = each.advancedConfiguration();
      if (advanced == null
          || advanced.alternateTargetGroupArn() == null
          || advanced.productionListenerRule() == null) {
        throw new InvalidParameterException(
            "The deployment strategy "
                + strategy
                + " needs advancedConfiguration with alternateTargetGroupArn and"
                + " productionListenerRule for each load balancer.");
      }
    }
  }

  /** Targets of a group that no rule names are not looked at, so the rule gets to name it. */
  @Override
  public void expect(Draft draft, Service service, String revisionArn) {
    each(
        draft,
        revisionArn,
        (balancer, group) -> {
          AdvancedConfiguration advanced = balancer.advancedConfiguration();
          String rule = advanced == null ? null : rule(advanced, Kind.PRODUCTION);
          if (rule != null
              && RuleWeights.exists(draft, rule)
              && !RuleWeights.names(draft, rule, group)) {
            shift(draft, service, balancer, group, Kind.PRODUCTION, 0);
          }
        });
  }

  @Override
  public boolean shift(
      Draft draft, Service service, String revisionArn, Kind kind, double percent) {
    each(
        draft,
        revisionArn,
        (balancer, group) -> shift(draft, service, balancer, group, kind, percent));
    return !isUnderWay(draft, revisionArn, kind);
  }

  /** Whether a gateway may still send requests the way it was before. */
  private static boolean isUnderWay(Draft draft, String revisionArn, Kind kind) {
    List<TrafficShift> shifts = new ArrayList<>();
    each(
        draft,
        revisionArn,
        (balancer, group) -> {
          AdvancedConfiguration advanced = balancer.advancedConfiguration();
          String rule = advanced == null ? null : rule(advanced, kind);
          TrafficShift shift = rule == null ? null : draft.find(TrafficShift.KIND, rule);
          if (shift != null) {
            shifts.add(shift);
          }
        });
    return !shifts.isEmpty();
  }

  /** A revision's load balancers, each with the group of the two that the revision has. */
  private static void each(
      Draft draft, String revisionArn, BiConsumer<LoadBalancer, String> action) {
    ServiceRevision revision = draft.find(ServiceRevision.KIND, revisionArn);
    List<String> groups = LoadBalancing.groups(revision);
    if (revision == null || groups.isEmpty()) {
      return;
    }
    List<LoadBalancer> balancers = Given.list(revision.shape().loadBalancers());
    for (int at = 0; at < groups.size(); at++) {
      action.accept(balancers.get(at), groups.get(at));
    }
  }

  private static void shift(
      Draft draft,
      Service service,
      LoadBalancer balancer,
      String group,
      Kind kind,
      double percent) {
    AdvancedConfiguration advanced = balancer.advancedConfiguration();
    String rule = advanced == null ? null : rule(advanced, kind);
    // A rule that its user deleted meanwhile has no traffic.
    if (advanced == null || rule == null || !RuleWeights.exists(draft, rule)) {
      return;
    }
    String alternate = Given.text(advanced.alternateTargetGroupArn());
    String other = group.equals(alternate) ? Given.text(balancer.targetGroupArn()) : alternate;
    int whole = percent == Math.rint(percent) ? WHOLE : FINE;
    int weight = (int) Math.round(percent * whole / WHOLE);
    boolean news = RuleWeights.set(draft, rule, group, weight, other, whole);
    if (news && RuleWeights.isFollowed(draft, rule)) {
      draft.put(TrafficShift.KIND, new TrafficShift(rule, service.arn()));
    }
  }

  private static @Nullable String rule(AdvancedConfiguration advanced, Kind kind) {
    return kind == Kind.TEST ? advanced.testListenerRule() : advanced.productionListenerRule();
  }
}
