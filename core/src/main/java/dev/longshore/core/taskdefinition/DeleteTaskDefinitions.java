package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.taskdefinition.TaskDefinitions.Revision;
import dev.longshore.shapes.ecs.DeleteTaskDefinitionsRequest;
import dev.longshore.shapes.ecs.DeleteTaskDefinitionsResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;

/**
 * Marks inactive revisions for deletion; they vanish later, when nothing uses them. Whatever cannot
 * be deleted is a failure of its own and keeps the others from nothing.
 */
public final class DeleteTaskDefinitions
    implements Command<DeleteTaskDefinitionsRequest, DeleteTaskDefinitionsResponse> {
  private static final int MOST = 10;

  @Override
  public DeleteTaskDefinitionsResponse decide(
      Draft draft, DeleteTaskDefinitionsRequest request, Context context) {
    List<String> identifiers = request.taskDefinitions();
    if (identifiers.isEmpty()) {
      throw new InvalidParameterException(
          "size of TaskDefinition references list must be greater than 0");
    }
    if (identifiers.size() > MOST) {
      throw new InvalidParameterException(
          "Size of TaskDefinition references list cannot exceed " + MOST);
    }
    List<dev.longshore.shapes.ecs.TaskDefinition> deleted = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String identifier : identifiers) {
      delete(draft, identifier, context, deleted, failures);
    }
    return new DeleteTaskDefinitionsResponse(deleted, failures);
  }

  private static void delete(
      Draft draft,
      String identifier,
      Context context,
      List<dev.longshore.shapes.ecs.TaskDefinition> deleted,
      List<Failure> failures) {
    Revision named = Revision.parse(context.place(), identifier).orElse(null);
    String text = named == null ? null : named.number();
    Integer number = text == null ? null : TaskDefinitions.revisionNumber(text).orElse(null);
    if (named == null || number == null || !Rules.isName(named.family())) {
      failures.add(
          failure(
              identifier,
              "The specified task definition identifier is invalid. Specify a valid name or ARN"
                  + " and try again."));
      return;
    }
    TaskDefinition row = TaskDefinitions.revision(draft, named.family(), number);
    if (row == null) {
      failures.add(
          failure(
              context.place().ecs("task-definition/" + named.family() + ':' + number),
              "The specified task definition does not exist. Specify a valid account, family,"
                  + " revision and try again."));
      return;
    }
    if (row.status().equals(TaskDefinition.ACTIVE)) {
      failures.add(
          failure(
              row.arn(),
              "The specified task definition is still in ACTIVE status. Please deregister the"
                  + " target and try again."));
      return;
    }
    if (row.status().equals(TaskDefinition.INACTIVE)) {
      row = row.deleteRequested(context.now());
      draft.put(TaskDefinition.KIND, row);
    }
    deleted.add(TaskDefinitionAnswers.of(row));
  }

  private static Failure failure(String arn, String reason) {
    return Failure.builder().arn(arn).reason(reason).build();
  }
}
