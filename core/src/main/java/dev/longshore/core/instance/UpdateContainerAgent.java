package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.NoUpdateAvailableException;
import dev.longshore.shapes.ecs.UpdateContainerAgentRequest;
import dev.longshore.shapes.ecs.UpdateContainerAgentResponse;

/** Would update an agent; agents are installed with this control plane and never lag behind it. */
public final class UpdateContainerAgent
    implements Command<UpdateContainerAgentRequest, UpdateContainerAgentResponse> {
  @Override
  public UpdateContainerAgentResponse decide(
      Draft draft, UpdateContainerAgentRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    ContainerInstances.registered(draft, context, cluster, request.containerInstance());
    throw new NoUpdateAvailableException("There is no update available for your container agent.");
  }
}
