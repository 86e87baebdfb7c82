package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;

/**
 * Takes an instance out of its cluster. What tasks it still holds no agent will report of again:
 * the reconciler of tasks ends them in the same turn.
 */
public final class DeregisterContainerInstance
    implements Command<DeregisterContainerInstanceRequest, DeregisterContainerInstanceResponse> {
  @Override
  public DeregisterContainerInstanceResponse decide(
      Draft draft, DeregisterContainerInstanceRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    ContainerInstance instance =
        ContainerInstances.registered(draft, context, cluster, request.containerInstance());
    boolean force = Boolean.TRUE.equals(request.force());
    if (!force && draft.total(Task.USAGE, instance.arn()).running() > 0) {
      throw new InvalidParameterException("Found running tasks on the instance.");
    }
    ContainerInstance gone = instance.edit().deregistered(context.now()).build();
    draft.put(ContainerInstance.KIND, gone);
    return new DeregisterContainerInstanceResponse(InstanceAnswers.of(draft, gone, List.of()));
  }
}
