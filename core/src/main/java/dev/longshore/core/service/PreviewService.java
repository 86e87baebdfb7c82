package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.core.task.DryRun;
import dev.longshore.core.task.PreviewAnswers;
import dev.longshore.core.task.TaskPlan;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.longshore.Preview;
import dev.longshore.shapes.longshore.PreviewServiceRequest;

/**
 * Shows where more tasks of a service would go besides those it has, and why one more can go there
 * or cannot.
 */
public final class PreviewService implements Query<PreviewServiceRequest, Preview> {
  /**
   * @throws ServiceNotFoundException the cluster has no such service, or it is no longer active
   * @throws ClientException the service's task definition is gone
   * @throws InvalidParameterException the count is out of its bounds
   */
  @Override
  public Preview answer(View view, PreviewServiceRequest request, Context context) {
    int count = DryRun.count(request.count());
    int limit = DryRun.limit(request.maxInstances());
    Cluster cluster = Clusters.find(view, context, request.cluster());
    Service service = Services.find(view, context.place(), cluster, request.service());
    if (service == null || !service.isActive()) {
      throw new ServiceNotFoundException("Service not found.");
    }
    Deployment deployment = deployment(view, service);
    TaskDefinition definition = TaskDefinitions.row(view, deployment.taskDefinitionArn());
    if (definition == null) {
      throw new ClientException("TaskDefinition not found.");
    }
    TaskPlan plan = Launch.plan(service, deployment, cluster, definition);
    return PreviewAnswers.of(DryRun.of(view, plan, count, limit, context.ids().bits()));
  }

  private static Deployment deployment(View view, Service service) {
    if (!service.hasTaskSets()) {
      return service.primary();
    }
    TaskSet primary = TaskSets.primary(view, service);
    if (primary == null) {
      throw new ClientException("The service has no PRIMARY task set.");
    }
    return primary.asDeployment();
  }
}
