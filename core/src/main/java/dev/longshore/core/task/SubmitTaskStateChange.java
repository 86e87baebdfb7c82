package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeResponse;
import org.jspecify.annotations.Nullable;

/**
 * An agent reports what became of a task. What is late or repeated changes nothing and is
 * acknowledged like anything else, or the agent would repeat it for ever.
 */
public final class SubmitTaskStateChange
    implements Command<SubmitTaskStateChangeRequest, SubmitTaskStateChangeResponse> {
  @Override
  public SubmitTaskStateChangeResponse decide(
      Draft draft, SubmitTaskStateChangeRequest request, Context context) {
    Task task = Tasks.reported(draft, context, request.cluster(), request.task());
    if (request.status() != null && !TaskTransitions.isReportable(request.status())) {
      throw new InvalidParameterException("Unexpected task status: " + request.status());
    }
    for (ContainerStateChange container : Given.list(request.containers())) {
      checkStatus(container.status());
    }
    draft.put(Task.KIND, TaskTransitions.reported(task, request, context.now()));
    return new SubmitTaskStateChangeResponse("ACK");
  }

  static void checkStatus(@Nullable String status) {
    if (status != null && !ContainerTransitions.isStatus(status)) {
      throw new InvalidParameterException("Unexpected container status: " + status);
    }
  }
}
