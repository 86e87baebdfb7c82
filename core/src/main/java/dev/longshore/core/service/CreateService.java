package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.core.tag.Tags;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateServiceResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Creates a service. Its name makes the action idempotent: the same request for an active service
 * of that name changes nothing, another one is refused.
 */
public final class CreateService implements Command<CreateServiceRequest, CreateServiceResponse> {
  private final Traffic traffic;
  private final boolean functions;

  /**
   * @param functions whether there is somebody who runs functions
   */
  public CreateService(Traffic traffic, boolean functions) {
    this.traffic = traffic;
    this.functions = functions;
  }

  private static final int LONGEST_TOKEN = 36;

  @Override
  public CreateServiceResponse decide(Draft draft, CreateServiceRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    Service wanted = wanted(draft, request, cluster, context);
    Strategy.check(wanted.specification(), traffic, functions);
    Service existing = draft.find(Service.KIND, wanted.arn());
    if (existing != null && !existing.status().equals(Service.INACTIVE)) {
      checkSame(existing, wanted);
      return answer(draft, existing);
    }
    ServiceEvents.forget(draft, wanted.arn());
    Service begun =
        wanted.hasTaskSets()
            ? withTaskSet(draft, wanted, context)
            : withDeployment(draft, wanted, context);
    draft.put(Service.KIND, begun);
    return answer(draft, begun);
  }

  private static Service withDeployment(Draft draft, Service wanted, Context context) {
    Deployment deployment =
        Deployment.begun(
            "ecs-svc/" + context.ids().digits19(),
            Objects.requireNonNull(wanted.specification().taskDefinition()),
            context.now());
    Service begun = wanted.edit().deployments(List.of(deployment)).build();
    Revisions.begin(
        draft, begun, deployment, Revisions.content(begun.specification()), context.now());
    return ServiceDeployments.begin(draft, begun, List.of(), context);
  }

  /** A service that names a task definition has a task set of it from the beginning. */
  private static Service withTaskSet(Draft draft, Service wanted, Context context) {
    if (wanted.specification().taskDefinition() != null) {
      TaskSet taskSet =
          TaskSet.begun(
              "ecs-svc/" + context.ids().digits19(),
              wanted.arn(),
              TaskSet.PRIMARY,
              Specification.taskSet(wanted.specification(), TaskSets.WHOLE),
              List.of(),
              null,
              context.now());
      draft.put(TaskSet.KIND, taskSet);
    }
    return wanted;
  }

  private static CreateServiceResponse answer(View view, Service service) {
    return CreateServiceResponse.builder()
        .service(ServiceAnswers.service(view, service, true))
        .build();
  }

  private static Service wanted(
      View view, CreateServiceRequest request, Cluster cluster, Context context) {
    String name = Services.checkedName(request.serviceName());
    checkToken(request.clientToken());
    Scheduling.check(request);
    Controllers.check(request);
    LaterFeatures.refuse(request);
    if (request.launchType() == null) {
      LaterFeatures.refuse(cluster.defaultCapacityProviderStrategy());
    }
    TaskDefinition definition =
        Controllers.isExternal(request) ? null : definition(view, request, context);
    int desiredCount = Scheduling.desiredCount(request);
    if (definition != null) {
      LoadBalancing.check(view, request.loadBalancers(), definition);
    }
    String arn = Services.arnOf(context.place(), cluster, name);
    List<Tag> tags = Tags.checked(request.tags());
    return new Service(
        arn,
        name,
        cluster.arn(),
        Service.ACTIVE,
        definition == null
            ? Specification.of(request, arn, cluster)
            : Specification.of(request, arn, cluster, definition),
        desiredCount,
        List.of(),
        0,
        null,
        List.of(),
        tags,
        context.now(),
        context.caller().arn(),
        null,
        null);
  }

  private static TaskDefinition definition(
      View view, CreateServiceRequest request, Context context) {
    if (request.taskDefinition() == null || request.taskDefinition().isBlank()) {
      throw new InvalidParameterException("TaskDefinition can not be blank.");
    }
    return TaskDefinitions.findActive(
        view, context, request.taskDefinition(), ClientException::new);
  }

  /**
   * @throws InvalidParameterException it is too long
   */
  static void checkToken(@Nullable String token) {
    if (token != null && token.length() > LONGEST_TOKEN) {
      throw new InvalidParameterException(
          "The client token must not have more than " + LONGEST_TOKEN + " characters.");
    }
  }

  private static void checkSame(Service existing, Service wanted) {
    if (existing.status().equals(Service.DRAINING)) {
      throw new InvalidParameterException("Unable to Start a service that is still Draining.");
    }
    if (!existing.specification().equals(wanted.specification())
        || (!existing.isDaemon() && existing.desiredCount() != wanted.desiredCount())
        || !existing.tags().equals(wanted.tags())) {
      throw new InvalidParameterException("Creation of service was not idempotent.");
    }
  }
}
