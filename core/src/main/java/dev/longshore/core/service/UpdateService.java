package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ServiceNotActiveException;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import dev.longshore.shapes.ecs.UpdateServiceResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes a service. Another task definition, or the wish for it, starts a new deployment; all else
 * only holds for tasks that are started from now on.
 */
public final class UpdateService implements Command<UpdateServiceRequest, UpdateServiceResponse> {
  @Override
  public UpdateServiceResponse decide(Draft draft, UpdateServiceRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    Service before = Services.get(draft, context.place(), cluster, request.service());
    if (!before.isActive()) {
      throw new ServiceNotActiveException("Service was not ACTIVE.");
    }
    LaterFeatures.refuse(request);
    TaskDefinition definition = definition(draft, before, request.taskDefinition(), context);
    Service.Editor after =
        before
            .edit()
            .specification(Specification.updated(before.specification(), request, definition));
    if (request.desiredCount() != null) {
      after.desiredCount(Specification.desiredCount(request.desiredCount()));
    }
    boolean other = !definition.arn().equals(before.primary().taskDefinitionArn());
    if (other || Boolean.TRUE.equals(request.forceNewDeployment())) {
      after.deployments(deployments(before, definition.arn(), context)).steadyAt(null);
    }
    Service changed = after.build();
    draft.put(Service.KIND, changed);
    return UpdateServiceResponse.builder()
        .service(ServiceAnswers.service(draft, changed, false))
        .build();
  }

  private static TaskDefinition definition(
      View view, Service service, @Nullable String identifier, Context context) {
    if (identifier != null) {
      return TaskDefinitions.findActive(view, context, identifier, ClientException::new);
    }
    TaskDefinition definition = TaskDefinitions.row(view, service.primary().taskDefinitionArn());
    if (definition == null) {
      throw new ClientException("TaskDefinition not found.");
    }
    return definition;
  }

  private static List<Deployment> deployments(
      Service service, String taskDefinitionArn, Context context) {
    Instant now = context.now();
    List<Deployment> deployments = new ArrayList<>();
    deployments.add(
        Deployment.begun("ecs-svc/" + context.ids().digits19(), taskDefinitionArn, now));
    deployments.add(service.primary().superseded(now));
    deployments.addAll(service.deployments().subList(1, service.deployments().size()));
    return List.copyOf(deployments);
  }
}
