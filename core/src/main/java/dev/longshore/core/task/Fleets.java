package dev.longshore.core.task;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.Fleet;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Companion;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fleets of the clusters that tasks are placed in, following the draft. A cluster's is filled
 * when it is first asked for, at the cost of a walk over its instances and tasks.
 */
public final class Fleets implements Companion {
  private static final Companion.Role<Fleets> ROLE = Companion.Role.of(Fleets::new);

  private final Map<String, Fleet> byCluster = new LinkedHashMap<>();

  private Fleets() {}

  /** The fleet of a cluster as the draft has it; it changes with the draft. */
  public static Fleet of(Draft draft, String clusterArn) {
    return draft.companion(ROLE).byCluster.computeIfAbsent(clusterArn, arn -> filled(draft, arn));
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
    Cluster cluster = change.before(Cluster.KIND);
    if (cluster != null && isGone(change.after(Cluster.KIND))) {
      byCluster.remove(cluster.arn());
    }
  }

  private static boolean isGone(@Nullable Cluster cluster) {
    return cluster == null || !cluster.active();
  }
}
