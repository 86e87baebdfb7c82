package dev.longshore.server.balancing;

import dev.longshore.core.balancing.BalancingNames;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
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

  boolean isEmpty() {
    return balancers.isEmpty() && groups.isEmpty();
  }

  void add(RouteNews more) {
    balancers.addAll(more.balancers);
    groups.addAll(more.groups);
  }

  /** Everything there is. */
  static RouteNews all(View view) {
    RouteNews news = new RouteNews();
    view.all(LoadBalancer.KIND).forEach(row -> news.balancers.add(row.arn()));
    view.all(TargetGroup.KIND).forEach(row -> news.groups.add(row.arn()));
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
        groups.add(Objects.requireNonNull(change.row(Target.KIND)).targetGroupArn());
      }
    } else if (change.kind() == ContainerInstance.KIND) {
      moved(change.before(ContainerInstance.KIND), change.after(ContainerInstance.KIND), view);
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
