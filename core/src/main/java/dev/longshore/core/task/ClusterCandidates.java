package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.Candidates;
import dev.longshore.core.state.View;
import java.util.function.Supplier;

/**
 * The instances of a cluster, walked in the order of their ARNs from a chance one on. Their ids are
 * chance too, so a chance id points at a chance instance, and no instance needs to be counted off.
 */
final class ClusterCandidates implements Candidates {
  private final View view;
  private final String clusterArn;
  private final String prefix;
  private final Supplier<String> id;

  /**
   * A cluster's instances.
   *
   * @param prefix what the ARNs of its instances begin with; the rest is their id
   * @param id draws an id like theirs
   */
  ClusterCandidates(View view, String clusterArn, String prefix, Supplier<String> id) {
    this.view = view;
    this.clusterArn = clusterArn;
    this.prefix = prefix;
    this.id = id;
  }

  @Override
  public void visit(Visitor visitor) {
    String start = prefix + id.get();
    for (ContainerInstance instance : view.after(ContainerInstance.KIND, start)) {
      if (!instance.clusterArn().equals(clusterArn)) {
        break;
      }
      if (!shown(instance, visitor)) {
        return;
      }
    }
    for (ContainerInstance instance : view.after(ContainerInstance.KIND, prefix)) {
      if (instance.arn().compareTo(start) > 0 || !instance.clusterArn().equals(clusterArn)) {
        return;
      }
      if (!shown(instance, visitor)) {
        return;
      }
    }
  }

  private boolean shown(ContainerInstance instance, Visitor visitor) {
    return instance.isInactive() || visitor.visit(instance, view.total(Task.USAGE, instance.arn()));
  }
}
