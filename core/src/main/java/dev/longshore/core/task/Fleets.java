package dev.longshore.core.task;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.placement.Posts;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Companion;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fleets of the clusters that tasks are placed in, following the draft. A cluster's is filled
 * when it is first asked for, at the cost of a walk over its instances and tasks.
 */
public final class Fleets implements Companion {
  private static final Companion.Role<Fleets> ROLE = Companion.Role.of(Fleets::new);

  private final Map<String, Fleet> byCluster = new LinkedHashMap<>();

  /** Services whose posts are to be opened anew, or for the first time. */
  private final Set<String> outdated = new LinkedHashSet<>();

  private Fleets() {}

  /** The fleet of a cluster as the draft has it; it changes with the draft. */
  public static Fleet of(Draft draft, String clusterArn) {
    Fleets fleets = draft.companion(ROLE);
    if (!fleets.outdated.isEmpty()) {
      fleets.renew(draft);
    }
    return fleets.byCluster.computeIfAbsent(clusterArn, arn -> filled(draft, arn));
  }

  /** The posts of an active DAEMON service as the draft has it; they change with the draft. */
  public static Posts posts(Draft draft, Service service) {
    return Objects.requireNonNull(of(draft, service.clusterArn()).posts(service.arn()));
  }

  private void renew(View view) {
    for (String arn : outdated) {
      Service service = view.find(Service.KIND, arn);
      Fleet fleet = service == null ? null : byCluster.get(service.clusterArn());
      if (service != null && fleet != null && service.isActive() && service.isDaemon()) {
        open(view, fleet, service);
      }
    }
    outdated.clear();
  }

  private static void open(View view, Fleet fleet, Service service) {
    fleet.open(
        service.arn(), DaemonDemand.of(view, service), view.by(Task.BY_SERVICE, service.arn()));
  }

  /** The fleet of a cluster as some State has it, and by itself. */
  static Fleet filled(View view, String clusterArn) {
    Fleet fleet = new Fleet();
    for (ContainerInstance instance : view.by(ContainerInstance.BY_CLUSTER, clusterArn)) {
      fleet.instance(null, instance);
      for (Task task : view.by(Task.ON_INSTANCE, instance.arn())) {
        fleet.task(null, task);
      }
    }
    for (Service service : view.by(Service.DAEMONS, clusterArn)) {
      open(view, fleet, service);
    }
    return fleet;
  }

  @Override
  public void changed(Change<?> change) {
    Task task = change.row(Task.KIND);
    if (task != null) {
      Fleet fleet = byCluster.get(task.clusterArn());
      if (fleet != null) {
        fleet.task(change.before(Task.KIND), change.after(Task.KIND));
      }
      return;
    }
    ContainerInstance instance = change.row(ContainerInstance.KIND);
    Fleet fleet = instance == null ? null : byCluster.get(instance.clusterArn());
    if (fleet != null) {
      fleet.instance(change.before(ContainerInstance.KIND), change.after(ContainerInstance.KIND));
    }
    Service service = change.row(Service.KIND);
    if (service != null && service.isDaemon()) {
      changed(change.before(Service.KIND), change.after(Service.KIND), service);
    }
    Cluster cluster = change.before(Cluster.KIND);
    if (cluster != null && isGone(change.after(Cluster.KIND))) {
      byCluster.remove(cluster.arn());
    }
  }

  private void changed(@Nullable Service before, @Nullable Service after, Service service) {
    if (before != null && after != null && DaemonDemand.isSame(before, after)) {
      return;
    }
    Fleet fleet = byCluster.get(service.clusterArn());
    Posts posts = fleet == null ? null : fleet.posts(service.arn());
    if (fleet != null && posts != null) {
      fleet.close(posts);
    }
    outdated.add(service.arn());
  }

  private static boolean isGone(@Nullable Cluster cluster) {
    return cluster == null || !cluster.active();
  }
}
