package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeleteTaskSetRequest;
import dev.longshore.shapes.ecs.DeleteTaskSetResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;

/** Deletes a task set: it drains, and is gone once all its tasks are STOPPED. */
public final class DeleteTaskSet implements Command<DeleteTaskSetRequest, DeleteTaskSetResponse> {
  @Override
  public DeleteTaskSetResponse decide(Draft draft, DeleteTaskSetRequest request, Context context) {
    Service service = TaskSets.service(draft, context, request.cluster(), request.service());
    TaskSet taskSet = TaskSets.get(draft, service, request.taskSet());
    if (!taskSet.isDraining()) {
      if (!Boolean.TRUE.equals(request.force())) {
        check(taskSet);
      }
      taskSet =
          taskSet
              .withScale(TaskSets.scale(null), context.now())
              .withStatus(TaskSet.DRAINING, context.now());
      draft.put(TaskSet.KIND, taskSet);
    }
    return DeleteTaskSetResponse.builder()
        .taskSet(TaskSets.answer(draft, service, taskSet, false))
        .build();
  }

  private static void check(TaskSet taskSet) {
    if (taskSet.isPrimary()) {
      throw new InvalidParameterException("The PRIMARY task set cannot be deleted without force.");
    }
    if (taskSet.scale() > 0) {
      throw new InvalidParameterException(
          "The task set cannot be stopped while it is scaled above 0.");
    }
  }
}
