package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.GetTaskProtectionRequest;
import dev.longshore.shapes.ecs.GetTaskProtectionResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ProtectedTask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Tells which tasks are protected from scale-in, and until when. */
public final class GetTaskProtection
    implements Query<GetTaskProtectionRequest, GetTaskProtectionResponse> {
  private static final int MAX = 100;

  @Override
  public GetTaskProtectionResponse answer(
      View view, GetTaskProtectionRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    List<String> asked = Given.list(request.tasks());
    if (asked.isEmpty()) {
      throw new InvalidParameterException("Tasks cannot be empty.");
    }
    if (asked.size() > MAX) {
      throw new InvalidParameterException("At most 100 tasks may be specified in a single call.");
    }
    List<ProtectedTask> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : new LinkedHashSet<>(asked)) {
      Task task = Tasks.find(view, context, cluster, idOrArn);
      if (task == null) {
        failures.add(Tasks.missing(context, cluster, idOrArn));
        continue;
      }
      Failure failure = TaskProtection.failure(task);
      if (failure != null) {
        failures.add(failure);
        continue;
      }
      found.add(TaskProtection.of(task, context.now()));
    }
    return new GetTaskProtectionResponse(found, failures);
  }
}
