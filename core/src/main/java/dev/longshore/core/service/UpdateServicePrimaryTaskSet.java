package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.UpdateServicePrimaryTaskSetRequest;
import dev.longshore.shapes.ecs.UpdateServicePrimaryTaskSetResponse;

/** Makes one task set the service's present revision, which the service then shows as its own. */
public final class UpdateServicePrimaryTaskSet
    implements Command<UpdateServicePrimaryTaskSetRequest, UpdateServicePrimaryTaskSetResponse> {
  @Override
  public UpdateServicePrimaryTaskSetResponse decide(
      Draft draft, UpdateServicePrimaryTaskSetRequest request, Context context) {
    Service service = TaskSets.service(draft, context, request.cluster(), request.service());
    TaskSet wanted = TaskSets.live(draft, service, request.primaryTaskSet());
    TaskSet former = TaskSets.primary(draft, service);
    if (former != null && !former.arn().equals(wanted.arn())) {
      draft.put(TaskSet.KIND, former.withStatus(TaskSet.ACTIVE, context.now()));
    }
    TaskSet primary =
        wanted.isPrimary() ? wanted : wanted.withStatus(TaskSet.PRIMARY, context.now());
    draft.put(TaskSet.KIND, primary);
    Service after =
        service.edit().specification(TaskSets.adopted(service.specification(), primary)).build();
    draft.put(Service.KIND, after);
    return UpdateServicePrimaryTaskSetResponse.builder()
        .taskSet(TaskSets.answer(draft, after, primary, false))
        .build();
  }
}
