package dev.longshore.core.model;

import dev.longshore.core.state.Kind;

/**
 * A family of task definitions.
 *
 * @param lastRevision the highest number ever given; numbers are never given twice, even after
 *     every revision was deleted
 */
public record TaskDefinitionFamily(String name, int lastRevision) {
  /** Keyed by name. */
  public static final Kind<TaskDefinitionFamily> KIND =
      Kind.of("taskDefinitionFamily", TaskDefinitionFamily.class, TaskDefinitionFamily::name);
}
