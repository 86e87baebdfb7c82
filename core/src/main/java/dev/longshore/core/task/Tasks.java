package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** Finds the task that a request means. */
public final class Tasks {
  private Tasks() {}

  /**
   * The ARN that an id or ARN means within a cluster, whether there is such a task or not.
   *
   * @param idOrArn an ARN stays as it is
   */
  static String arn(Context context, Cluster cluster, String idOrArn) {
    return Arn.isMeant(idOrArn)
        ? idOrArn
        : context.place().ecs("task/" + cluster.name() + '/' + idOrArn);
  }

  /** The task of that cluster; null where there is none, or it belongs to another. */
  public static @Nullable Task find(View view, Context context, Cluster cluster, String idOrArn) {
    Task task = view.find(Task.KIND, arn(context, cluster, idOrArn));
    return task == null || !task.clusterArn().equals(cluster.arn()) ? null : task;
  }

  /**
   * The task that an agent reports of. Agents send the name of the cluster as it was configured, so
   * a full ARN alone decides.
   *
   * @throws InvalidParameterException there is no such task; the only answer that makes an agent
   *     drop the report rather than repeat it for ever
   */
  static Task reported(
      View view, Context context, @Nullable String cluster, @Nullable String idOrArn) {
    if (idOrArn == null || idOrArn.isEmpty()) {
      throw new InvalidParameterException("Task cannot be empty.");
    }
    Task task =
        Arn.isMeant(idOrArn)
            ? view.find(Task.KIND, idOrArn)
            : find(view, context, Clusters.find(view, context, cluster), idOrArn);
    if (task == null) {
      throw new InvalidParameterException("The referenced task was not found.");
    }
    return task;
  }

  /** The failure of a request that names a task which is not there. */
  static Failure missing(Context context, Cluster cluster, String idOrArn) {
    return Failure.builder().arn(arn(context, cluster, idOrArn)).reason("MISSING").build();
  }
}
