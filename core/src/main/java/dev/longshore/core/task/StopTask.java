package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.StopTaskResponse;
import java.util.List;

/**
 * Wants a task stopped and takes its tags away. Answers at once; the task's agent does the rest. A
 * task that was stopped before is given as it is.
 */
public final class StopTask implements Command<StopTaskRequest, StopTaskResponse> {
  private static final int MAX_REASON = 255;

  @Override
  public StopTaskResponse decide(Draft draft, StopTaskRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    String reason = Given.text(request.reason());
    if (reason.length() > MAX_REASON) {
      throw new InvalidParameterException("The reason may have at most 255 characters.");
    }
    Task task = Tasks.find(draft, context, cluster, request.task());
    if (task == null) {
      throw new InvalidParameterException("The referenced task was not found.");
    }
    if (!task.stopping()) {
      Task untagged = task.edit().tags(List.of()).build();
      String shown = reason.isEmpty() ? "Task stopped by user" : reason;
      task = TaskStops.stop(draft, untagged, "UserInitiated", shown, context.now());
    }
    return new StopTaskResponse(TaskAnswers.of(draft, task, true));
  }
}
