package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.taskdefinition.TaskDefinitions.Revision;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.DeregisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.DeregisterTaskDefinitionResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;

/**
 * Makes a revision INACTIVE: what runs goes on and services may still scale, but nothing new can be
 * started with it. Deregistering it again changes nothing.
 */
public final class DeregisterTaskDefinition
    implements Command<DeregisterTaskDefinitionRequest, DeregisterTaskDefinitionResponse> {
  @Override
  public DeregisterTaskDefinitionResponse decide(
      Draft draft, DeregisterTaskDefinitionRequest request, Context context) {
    TaskDefinition row = find(draft, request.taskDefinition(), context);
    if (row.status().equals(TaskDefinition.DELETE_IN_PROGRESS)) {
      throw new ClientException(
          "The task definition could not be deregistered because it is in the process of being"
              + " deleted.");
    }
    if (row.status().equals(TaskDefinition.ACTIVE)) {
      row = row.deregistered(context.now());
      draft.put(TaskDefinition.KIND, row);
    }
    // ECS shows the time of deregistration only from the next description on.
    return new DeregisterTaskDefinitionResponse(
        TaskDefinitionAnswers.of(row).toBuilder().deregisteredAt(null).build());
  }

  private static TaskDefinition find(Draft draft, String identifier, Context context) {
    Revision named =
        Revision.parse(context.place(), identifier)
            .orElseThrow(() -> new ClientException("Unable to describe task definition."));
    String text = named.number();
    if (text == null) {
      throw new ClientException("Revision is missing.");
    }
    int number =
        TaskDefinitions.revisionNumber(text)
            .orElseThrow(
                () -> new InvalidParameterException("Invalid revision number. Number: " + text));
    TaskDefinition row = TaskDefinitions.revision(draft, named.family(), number);
    if (row == null) {
      throw new ClientException("Unable to describe task definition.");
    }
    return row;
  }
}
