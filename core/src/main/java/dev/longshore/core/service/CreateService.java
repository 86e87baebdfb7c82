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
import dev.longshore.core.tag.Tags;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateServiceResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;

/**
 * Creates a service. Its name makes the action idempotent: the same request for an active service
 * of that name changes nothing, another one is refused.
 */
public final class CreateService implements Command<CreateServiceRequest, CreateServiceResponse> {
  private final Traffic traffic;

  /** For services whose traffic nobody shifts. */
  public CreateService() {
    this(Traffic.NONE);
  }

  public CreateService(Traffic traffic) {
    this.traffic = traffic;
  }

  private static final int LONGEST_TOKEN = 36;

  @Override
  public CreateServiceResponse decide(Draft draft, CreateServiceRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    Service wanted = wanted(draft, request, cluster, context);
    Strategy.check(wanted.specification(), traffic);
    Service existing = draft.find(Service.KIND, wanted.arn());
    if (existing != null && !existing.status().equals(Service.INACTIVE)) {
      checkSame(existing, wanted);
      return answer(draft, existing);
    }
    ServiceEvents.forget(draft, wanted.arn());
    Revisions.begin(
        draft, wanted, wanted.primary(), Revisions.content(wanted.specification()), context.now());
    Service begun = ServiceDeployments.begin(draft, wanted, List.of(), context);
    draft.put(Service.KIND, begun);
    return answer(draft, begun);
  }

  private static CreateServiceResponse answer(View view, Service service) {
    return CreateServiceResponse.builder()
        .service(ServiceAnswers.service(view, service, true))
        .build();
  }

  private static Service wanted(
      View view, CreateServiceRequest request, Cluster cluster, Context context) {
    String name = Services.checkedName(request.serviceName());
    checkToken(request);
    Scheduling.check(request);
    LaterFeatures.refuse(request);
    if (request.launchType() == null) {
      LaterFeatures.refuse(cluster.defaultCapacityProviderStrategy());
    }
    if (request.taskDefinition() == null || request.taskDefinition().isBlank()) {
      throw new InvalidParameterException("TaskDefinition can not be blank.");
    }
    int desiredCount = Scheduling.desiredCount(request);
    TaskDefinition definition =
        TaskDefinitions.findActive(view, context, request.taskDefinition(), ClientException::new);
    String arn = Services.arnOf(context.place(), cluster, name);
    List<Tag> tags = Tags.checked(request.tags());
    Deployment deployment =
        Deployment.begun("ecs-svc/" + context.ids().digits19(), definition.arn(), context.now());
    return new Service(
        arn,
        name,
        cluster.arn(),
        Service.ACTIVE,
        Specification.of(request, arn, cluster, definition),
        desiredCount,
        List.of(deployment),
        0,
        null,
        List.of(),
        tags,
        context.now(),
        context.caller().arn(),
        null,
        null);
  }

  private static void checkToken(CreateServiceRequest request) {
    String token = request.clientToken();
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
