package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DescribeTaskSetsRequest;
import dev.longshore.shapes.ecs.DescribeTaskSetsResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.TaskSetField;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Describes those of a service's task sets that are named, or all; missing ones are failures. */
public final class DescribeTaskSets
    implements Query<DescribeTaskSetsRequest, DescribeTaskSetsResponse> {
  private static final int MOST = 100;

  @Override
  public DescribeTaskSetsResponse answer(
      View view, DescribeTaskSetsRequest request, Context context) {
    Service service = TaskSets.service(view, context, request.cluster(), request.service());
    boolean withTags = list(request.include()).contains(TaskSetField.TAGS);
    List<String> names = list(request.taskSets());
    if (names.size() > MOST) {
      throw new InvalidParameterException("taskSets cannot have more than " + MOST + " elements.");
    }
    List<TaskSet> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      TaskSet taskSet = TaskSets.find(view, service, name);
      if (taskSet == null) {
        String arn = Arn.isMeant(name) ? name : TaskSet.arnOf(service.arn(), name);
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      } else {
        found.add(taskSet);
      }
    }
    if (names.isEmpty()) {
      found.addAll(TaskSets.of(view, service));
    }
    List<dev.longshore.shapes.ecs.TaskSet> answers = new ArrayList<>();
    found.forEach(each -> answers.add(TaskSets.answer(view, service, each, withTags)));
    return DescribeTaskSetsResponse.builder().taskSets(answers).failures(failures).build();
  }
}
