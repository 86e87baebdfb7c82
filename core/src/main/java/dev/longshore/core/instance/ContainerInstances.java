package dev.longshore.core.instance;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** Finds the container instance that a request means. */
public final class ContainerInstances {
  private ContainerInstances() {}

  /** The ARN that an id or ARN means within a cluster, whether there is such an instance or not. */
  public static String arn(Context context, Cluster cluster, String idOrArn) {
    return Arn.isMeant(idOrArn)
        ? idOrArn
        : context.place().ecs("container-instance/" + cluster.name() + '/' + idOrArn);
  }

  /**
   * The container instance of that cluster, whatever its status; null where there is none, or it
   * belongs to another.
   */
  public static @Nullable ContainerInstance find(
      View view, Context context, Cluster cluster, String idOrArn) {
    ContainerInstance found = view.find(ContainerInstance.KIND, arn(context, cluster, idOrArn));
    return found == null || !found.clusterArn().equals(cluster.arn()) ? null : found;
  }

  /**
   * The container instance of that cluster that is still registered.
   *
   * @throws InvalidParameterException there is none
   */
  static ContainerInstance registered(View view, Context context, Cluster cluster, String idOrArn) {
    ContainerInstance found = find(view, context, cluster, idOrArn);
    if (found == null || found.isInactive()) {
      throw new InvalidParameterException(
          "Referenced container instance " + idOrArn + " not found.");
    }
    return found;
  }
}
