package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.model.TaskDefinitionFamily;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.tag.Tags;
import dev.longshore.shapes.ecs.LimitExceededException;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionResponse;
import dev.longshore.shapes.ecs.Tag;
import java.util.List;

/** Registers the next revision of a family, even where it equals the one before. */
public final class RegisterTaskDefinition
    implements Command<RegisterTaskDefinitionRequest, RegisterTaskDefinitionResponse> {
  private static final int MOST_REVISIONS = 1_000_000;

  @Override
  public RegisterTaskDefinitionResponse decide(
      Draft draft, RegisterTaskDefinitionRequest request, Context context) {
    DefinitionRules.check(request);
    List<Tag> tags = Tags.checked(request.tags());
    int revision = nextRevision(draft, request.family());
    String arn = context.place().ecs("task-definition/" + request.family() + ':' + revision);
    TaskDefinition row =
        new TaskDefinition(
            arn,
            request.family(),
            revision,
            TaskDefinition.ACTIVE,
            Normalised.definition(request).taskDefinitionArn(arn).revision(revision).build(),
            tags,
            context.now(),
            context.caller().arn(),
            null,
            null);
    draft.put(TaskDefinition.KIND, row);
    return new RegisterTaskDefinitionResponse(
        TaskDefinitionAnswers.of(row), tags.isEmpty() ? null : tags);
  }

  /** Numbers are never given twice, so the limit counts deleted revisions too. */
  private static int nextRevision(Draft draft, String family) {
    TaskDefinitionFamily row = draft.find(TaskDefinitionFamily.KIND, family);
    int revision = row == null ? 1 : row.lastRevision() + 1;
    if (revision > MOST_REVISIONS) {
      throw new LimitExceededException(
          "A task definition family can have at most " + MOST_REVISIONS + " revisions.");
    }
    draft.put(TaskDefinitionFamily.KIND, new TaskDefinitionFamily(family, revision));
    return revision;
  }
}
