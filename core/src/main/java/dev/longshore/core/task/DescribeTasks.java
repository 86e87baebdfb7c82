package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DescribeTasksRequest;
import dev.longshore.shapes.ecs.DescribeTasksResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.TaskField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Describes up to a hundred tasks of a cluster; those that are not there become failures. */
public final class DescribeTasks implements Query<DescribeTasksRequest, DescribeTasksResponse> {
  private static final int MAX = 100;

  @Override
  public DescribeTasksResponse answer(View view, DescribeTasksRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    if (request.tasks().isEmpty()) {
      throw new InvalidParameterException("Tasks cannot be empty.");
    }
    if (request.tasks().size() > MAX) {
      throw new InvalidParameterException("At most 100 tasks may be specified in a single call.");
    }
    boolean tags = Given.list(request.include()).contains(TaskField.TAGS);
    List<dev.longshore.shapes.ecs.Task> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : new LinkedHashSet<>(request.tasks())) {
      Task task = Tasks.find(view, context, cluster, idOrArn);
      if (task == null) {
        failures.add(Tasks.missing(context, cluster, idOrArn));
      } else {
        found.add(TaskAnswers.of(view, task, tags));
      }
    }
    return new DescribeTasksResponse(found, failures);
  }
}
