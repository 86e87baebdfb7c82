package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.SubmitContainerStateChangeRequest;
import dev.longshore.shapes.ecs.SubmitContainerStateChangeResponse;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import java.util.List;

/** An older agent reports what became of one container: a task's report without a status. */
public final class SubmitContainerStateChange
    implements Command<SubmitContainerStateChangeRequest, SubmitContainerStateChangeResponse> {
  @Override
  public SubmitContainerStateChangeResponse decide(
      Draft draft, SubmitContainerStateChangeRequest request, Context context) {
    Task task = Tasks.reported(draft, context, request.cluster(), request.task());
    SubmitTaskStateChange.checkStatus(request.status());
    ContainerStateChange container =
        ContainerStateChange.builder()
            .containerName(request.containerName())
            .runtimeId(request.runtimeId())
            .exitCode(request.exitCode())
            .networkBindings(request.networkBindings())
            .reason(request.reason())
            .status(request.status())
            .build();
    SubmitTaskStateChangeRequest report =
        SubmitTaskStateChangeRequest.builder().containers(List.of(container)).build();
    draft.put(Task.KIND, TaskTransitions.reported(task, report, context.now()));
    return new SubmitContainerStateChangeResponse("ACK");
  }
}
