package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClusterContainsContainerInstancesException;
import dev.longshore.shapes.ecs.ClusterContainsServicesException;
import dev.longshore.shapes.ecs.ClusterContainsTasksException;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.DeleteClusterResponse;
import java.util.List;

/** Deletes an empty cluster: its row stays, INACTIVE, so that it can still be described. */
public final class DeleteCluster implements Command<DeleteClusterRequest, DeleteClusterResponse> {
  @Override
  public DeleteClusterResponse decide(Draft draft, DeleteClusterRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    checkEmpty(draft, cluster);
    Cluster deleted = cluster.deleted();
    draft.put(Cluster.KIND, deleted);
    return new DeleteClusterResponse(ClusterAnswers.of(draft, deleted, List.of()));
  }

  private static void checkEmpty(View view, Cluster cluster) {
    if (ClusterAnswers.instances(view, cluster) > 0) {
      throw new ClusterContainsContainerInstancesException(
          "The Cluster cannot be deleted while Container Instances are active or draining.");
    }
    if (ClusterAnswers.activeServices(view, cluster) > 0) {
      throw new ClusterContainsServicesException(
          "The Cluster cannot be deleted while Services are active.");
    }
    for (TaskStatus status : TaskStatus.values()) {
      if (status != TaskStatus.STOPPED && ClusterAnswers.tasks(view, cluster, status) > 0) {
        throw new ClusterContainsTasksException(
            "The Cluster cannot be deleted while Tasks are active.");
      }
    }
  }
}
