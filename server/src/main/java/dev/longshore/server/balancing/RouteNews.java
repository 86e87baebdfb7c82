package dev.longshore.server.balancing;

import dev.longshore.core.balancing.BalancingNames;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.model.TrafficShift;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.View;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What of the routes has to be looked at again. What the data plane itself found out is no news to
 * it.
 */
final class RouteNews {
  final Set<String> balancers = new TreeSet<>();
  final Set<String> groups = new TreeSet<>();

  /** Keys of deregistered targets that are gone once nothing is sent to them. */
  final Set<String> leaving = new TreeSet<>();

  /** ARNs of rules by which traffic was shifted, which somebody waits for. */
  final Set<String> shifts = new TreeSet<>();

  boolean isEmpty() {
    return balancers.isEmpty() && groups.isEmpty();
  }

  void add(RouteNews more) {
    balancers.addAll(more.balancers);
    groups.addAll(more.groups);
    leaving.addAll(more.leaving);
    shifts.addAll(more.shifts);
  }

  /** Everything there is. */
  static RouteNews all(View view) {
    RouteNews news = new RouteNews();
    view.all(LoadBalancer.KIND).forEach(row -> news.balancers.add(row.arn()));
    view.all(TargetGroup.KIND).forEach(row -> news.groups.add(row.arn()));
    view.all(Target.KIND).forEach(row -> news.left(row, view));
    view.all(TrafficShift.KIND).forEach(row -> news.shifts.add(row.ruleArn()));
    return news;
  }

  /** Takes note of a change. */
  void note(Change<?> change, View view) {
    if (change.kind() == LoadBalancer.KIND) {
      if (matters(change.before(LoadBalancer.KIND), change.after(LoadBalancer.KIND))) {
        balancers.add(change.key());
      }
    } else if (change.kind() == Listener.KIND) {
      if (matters(change.before(Listener.KIND), change.after(Listener.KIND))) {
        balancers.add(BalancingNames.loadBalancer(change.key()));
      }
    } else if (change.kind() == ListenerRule.KIND) {
      balancers.add(BalancingNames.loadBalancer(change.key()));
    } else if (change.kind() == TargetGroup.KIND) {
      groups.add(change.key());
    } else if (change.kind() == Target.KIND) {
      if (matters(change.before(Target.KIND), change.after(Target.KIND))) {
        Target target = Objects.requireNonNull(change.row(Target.KIND));
        groups.add(target.targetGroupArn());
        left(target, view);
      }
    } else if (change.kind() == TrafficShift.KIND && change.after(TrafficShift.KIND) != null) {
      shifts.add(change.key());
    } else if (change.kind() == ContainerInstance.KIND) {
      moved(change.before(ContainerInstance.KIND), change.after(ContainerInstance.KIND), view);
    }
  }

  private void left(Target target, View view) {
    TargetGroup group = view.find(TargetGroup.KIND, target.targetGroupArn());
    if (target.isDraining() && group != null && group.deregistrationDelay() == 0) {
      leaving.add(target.key());
    }
  }

  private static boolean matters(@Nullable LoadBalancer before, @Nullable LoadBalancer after) {
    return before == null || after == null || !before.attributes().equals(after.attributes());
  }

  private static boolean matters(@Nullable Listener before, @Nullable Listener after) {
    return before == null
        || after == null
        || !before.specification().equals(after.specification())
        || !before.certificates().equals(after.certificates())
        || !before.attributes().equals(after.attributes());
  }

  private static boolean matters(@Nullable Target before, @Nullable Target after) {
    return before == null
        || after == null
        || before.isDraining() != after.isDraining()
        || !Objects.equals(before.taskArn(), after.taskArn());
  }

  private void moved(
      @Nullable ContainerInstance before, @Nullable ContainerInstance after, View view) {
    if (after == null
        || (before != null
            && Objects.equals(
                before.attribute(RouteBook.ADDRESS), after.attribute(RouteBook.ADDRESS)))) {
      return;
    }
    for (Target target : view.by(Target.BY_ID, after.machineId())) {
      groups.add(target.targetGroupArn());
    }
  }
}
