package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.UpdateTaskSetRequest;
import dev.longshore.shapes.ecs.UpdateTaskSetResponse;

/** Changes how many percent of its service's desired count a task set has. */
public final class UpdateTaskSet implements Command<UpdateTaskSetRequest, UpdateTaskSetResponse> {
  @Override
  public UpdateTaskSetResponse decide(Draft draft, UpdateTaskSetRequest request, Context context) {
    Service service = TaskSets.service(draft, context, request.cluster(), request.service());
    TaskSet before = TaskSets.live(draft, service, request.taskSet());
    TaskSet after = before.withScale(TaskSets.scale(request.scale()), context.now());
    draft.put(TaskSet.KIND, after);
    return UpdateTaskSetResponse.builder()
        .taskSet(TaskSets.answer(draft, service, after, false))
        .build();
  }
}
