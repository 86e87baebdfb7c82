package dev.longshore.core.taskdefinition;

import dev.longshore.core.model.TaskDefinition;

/** What the API shows of a revision. */
final class TaskDefinitionAnswers {
  private TaskDefinitionAnswers() {}

  static dev.longshore.shapes.ecs.TaskDefinition of(TaskDefinition row) {
    return row.definition().toBuilder()
        .status(row.status())
        .registeredAt(row.registeredAt())
        .registeredBy(row.registeredBy())
        .deregisteredAt(row.deregisteredAt())
        .deleteRequestedAt(row.deleteRequestedAt())
        .build();
  }
}
