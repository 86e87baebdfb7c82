package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.Task;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes a service. Another task definition, or the wish for it, starts a new deployment; all else
 * only holds for tasks that are started from now on.
 */
public final class UpdateService implements Command<UpdateServiceRequest, UpdateServiceResponse> {
  private final Traffic traffic;
  private final boolean functions;

  /**
   * @param functions whether there is somebody who runs functions
   */
  public UpdateService(Traffic traffic, boolean functions) {
    this.traffic = traffic;
    this.functions = functions;
  }

  @Override
  public UpdateServiceResponse decide(Draft draft, UpdateServiceRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    Service found = Services.get(draft, context.place(), cluster, request.service());
    if (!found.isActive()) {
      throw new ServiceNotActiveException("Service was not ACTIVE.");
    }
    if (found.isDaemon()) {
      Scheduling.check(request);
    }
    Service before = Migration.of(draft, found, request.deploymentController(), context);
    if (before.hasTaskSets()) {
      return controlled(draft, before, request);
    }
    LaterFeatures.refuse(request);
    TaskDefinition definition = definition(draft, before, request.taskDefinition(), context);
    LoadBalancing.check(
        draft,
        request.loadBalancers() == null
            ? before.specification().loadBalancers()
            : request.loadBalancers(),
        definition);
    Service.Editor after =
        before
            .edit()
            .specification(Specification.updated(before.specification(), request, definition));
    Strategy.check(after.build().specification(), traffic, functions);
    if (request.desiredCount() != null) {
      after.desiredCount(Specification.desiredCount(request.desiredCount()));
    }
    dev.longshore.shapes.ecs.ServiceRevision content = Revisions.content(draft, before);
    dev.longshore.shapes.ecs.ServiceRevision wanted =
        Revisions.updated(content, request, definition.arn());
    Service changed =
        wanted.equals(content) && !Boolean.TRUE.equals(request.forceNewDeployment())
            ? continued(draft, after.build())
            : begun(draft, after.build(), wanted, context);
    changed = stillRebalancing(draft, before, changed, context);
    draft.put(Service.KIND, changed);
    return answer(draft, changed);
  }

  /** The service is told what its task sets have in common; they are left alone. */
  private static UpdateServiceResponse controlled(
      Draft draft, Service before, UpdateServiceRequest request) {
    Controllers.check(before, request);
    LaterFeatures.refuse(request);
    Service.Editor after =
        before.edit().specification(Specification.updated(before.specification(), request));
    if (request.desiredCount() != null) {
      after.desiredCount(Specification.desiredCount(request.desiredCount()));
    }
    Service changed = after.build();
    draft.put(Service.KIND, changed);
    return answer(draft, changed);
  }

  private static UpdateServiceResponse answer(View view, Service service) {
    return UpdateServiceResponse.builder()
        .service(ServiceAnswers.service(view, service, false))
        .build();
  }

  /** A new deployment, another count or the end of the wish ends what moves tasks between zones. */
  private static Service stillRebalancing(
      Draft draft, Service before, Service after, Context context) {
    boolean goesOn =
        before.desiredCount() == after.desiredCount()
            && before.primary().equals(after.primary())
            && Rebalancing.isWanted(after);
    if (goesOn || !Rebalancing.isUnderWay(before)) {
      return after;
    }
    ServiceEvents events = new ServiceEvents(draft, after, context);
    events.write("stopped AZ Rebalancing.", ServiceAction.REBALANCING_STOPPED);
    return after
        .edit()
        .problems(Rebalancing.without(after.problems()))
        .eventCount(events.count())
        .build();
  }

  private static Service continued(Draft draft, Service service) {
    ServiceDeployments.reconfigure(draft, service);
    return service;
  }

  private static Service begun(
      Draft draft,
      Service before,
      dev.longshore.shapes.ecs.ServiceRevision content,
      Context context) {
    Instant now = context.now();
    Deployment former = before.primary();
    int wanted = draft.total(Task.COUNTS, former.id()).wanted();
    Deployment deployment =
        Deployment.begun(
            "ecs-svc/" + context.ids().digits19(),
            Objects.requireNonNull(content.taskDefinition()),
            now);
    List<Deployment> deployments = new ArrayList<>();
    deployments.add(deployment);
    deployments.add(former.superseded(wanted, now));
    deployments.addAll(before.older());
    Service after = before.edit().deployments(List.copyOf(deployments)).steadyAt(null).build();
    Revisions.begin(draft, after, deployment, content, now);
    ServiceDeployments.supersede(draft, before, ServiceDeployments.SUPERSEDED, now);
    return ServiceDeployments.begin(draft, after, before.deployments(), context);
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
}
