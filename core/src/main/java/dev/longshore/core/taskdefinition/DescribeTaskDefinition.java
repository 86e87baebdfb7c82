package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.DescribeTaskDefinitionRequest;
import dev.longshore.shapes.ecs.DescribeTaskDefinitionResponse;
import dev.longshore.shapes.ecs.TaskDefinitionField;

/** Describes one revision; of a family the highest active one. */
public final class DescribeTaskDefinition
    implements Query<DescribeTaskDefinitionRequest, DescribeTaskDefinitionResponse> {
  @Override
  public DescribeTaskDefinitionResponse answer(
      View view, DescribeTaskDefinitionRequest request, Context context) {
    TaskDefinition row =
        TaskDefinitions.find(view, context, request.taskDefinition())
            .orElseThrow(() -> new ClientException("Unable to describe task definition."));
    boolean tags = Given.list(request.include()).contains(TaskDefinitionField.TAGS);
    return new DescribeTaskDefinitionResponse(
        TaskDefinitionAnswers.of(row), tags ? row.tags() : null);
  }
}
