package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ExecuteCommandRequest;
import dev.longshore.shapes.ecs.ExecuteCommandResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;

/**
 * Would open a session into a container. The agent that serves such sessions is in no container
 * yet, so every task answers as one does that was run without it.
 */
public final class ExecuteCommand implements Query<ExecuteCommandRequest, ExecuteCommandResponse> {
  @Override
  public ExecuteCommandResponse answer(View view, ExecuteCommandRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    if (!request.interactive()) {
      throw new InvalidParameterException(
          "Interactive is the only mode supported currently: interactive must be true.");
    }
    if (Tasks.find(view, context, cluster, request.task()) == null) {
      throw new InvalidParameterException("The referenced task was not found.");
    }
    throw new InvalidParameterException(
        "The execute command failed because execute command was not enabled when the task was run"
            + " or the execute command agent isn’t running. Wait and try again or run a new task"
            + " with execute command enabled and try again.");
  }
}
