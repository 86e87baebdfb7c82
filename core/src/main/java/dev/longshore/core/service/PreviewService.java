package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.core.task.DryRun;
import dev.longshore.core.task.PreviewTask;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import org.jspecify.annotations.Nullable;

/** Shows where more tasks of a service would go, and why one more can go there or cannot. */
public final class PreviewService implements Query<PreviewService.Question, DryRun> {
  /**
   * What is asked.
   *
   * @param service name or ARN
   * @param count how many tasks besides those it has, at most 10,000; 0 only explains
   */
  public record Question(@Nullable String cluster, String service, int count) {}

  /**
   * @throws ServiceNotFoundException the cluster has no such service, or it is no longer active
   * @throws ClientException the service's task definition is gone
   * @throws InvalidParameterException the count is out of its bounds
   */
  @Override
  public DryRun answer(View view, Question question, Context context) {
    PreviewTask.checkCount(question.count());
    Cluster cluster = Clusters.find(view, context, question.cluster());
    Service service = Services.find(view, context.place(), cluster, question.service());
    if (service == null || !service.isActive()) {
      throw new ServiceNotFoundException("Service not found.");
    }
    TaskDefinition definition = TaskDefinitions.row(view, service.primary().taskDefinitionArn());
    if (definition == null) {
      throw new ClientException("TaskDefinition not found.");
    }
    return DryRun.of(
        view,
        Launch.plan(service, service.primary(), cluster, definition),
        question.count(),
        context.ids().bits());
  }
}
