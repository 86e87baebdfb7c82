package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.tag.Tags;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.CreateTaskSetRequest;
import dev.longshore.shapes.ecs.CreateTaskSetResponse;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds a task set to a service whose deployments somebody else controls. A client token makes the
 * action idempotent: the same request with it changes nothing, another one is refused.
 */
public final class CreateTaskSet implements Command<CreateTaskSetRequest, CreateTaskSetResponse> {
  /** So many task sets a service has at most, those being deleted included. */
  static final int MOST = 5;

  @Override
  public CreateTaskSetResponse decide(Draft draft, CreateTaskSetRequest request, Context context) {
    Service service = TaskSets.service(draft, context, request.cluster(), request.service());
    CreateService.checkToken(request.clientToken());
    LaterFeatures.refuse(request);
    TaskDefinition definition =
        TaskDefinitions.findActive(draft, context, request.taskDefinition(), ClientException::new);
    LoadBalancing.check(draft, request.loadBalancers(), definition);
    dev.longshore.shapes.ecs.TaskSet specification =
        Specification.of(request, service, definition).toBuilder()
            .startedBy(startedBy(service))
            .build();
    List<Tag> tags = Tags.checked(request.tags());
    TaskSet taskSet = find(draft, service, request.clientToken());
    if (taskSet == null) {
      checkRoom(draft, service);
      taskSet =
          TaskSet.begun(
              "ecs-svc/" + context.ids().digits19(),
              service.arn(),
              TaskSet.ACTIVE,
              specification,
              tags,
              request.clientToken(),
              context.now());
      draft.put(TaskSet.KIND, taskSet);
    } else if (!taskSet.specification().equals(specification) || !taskSet.tags().equals(tags)) {
      throw new InvalidParameterException("Creation of task set was not idempotent.");
    }
    return CreateTaskSetResponse.builder()
        .taskSet(TaskSets.answer(draft, service, taskSet, true))
        .build();
  }

  /** CodeDeploy's task sets bear its name; what other controllers make does not. */
  private static @Nullable String startedBy(Service service) {
    return service.controller().equals(DeploymentControllerType.CODE_DEPLOY)
        ? DeploymentControllerType.CODE_DEPLOY
        : null;
  }

  private static @Nullable TaskSet find(Draft draft, Service service, @Nullable String token) {
    if (token == null || token.isEmpty()) {
      return null;
    }
    for (TaskSet taskSet : TaskSets.of(draft, service)) {
      if (token.equals(taskSet.clientToken())) {
        return taskSet;
      }
    }
    return null;
  }

  private static void checkRoom(Draft draft, Service service) {
    int count = TaskSets.of(draft, service).size();
    if (count >= MOST) {
      throw new InvalidParameterException(
          count
              + " deployments exist on the service. Unable to create new TaskSet since this exceeds"
              + " the maximum limit.");
    }
  }
}
