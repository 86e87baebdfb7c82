package dev.longshore.core.task;

import dev.longshore.core.operation.Given;
import dev.longshore.core.taskdefinition.Roles;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerOverride;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.TaskDefinition;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RunTask and StartTask refuse of overrides. */
final class OverrideRules {
  private static final int MAX_CHARACTERS = 8192;

  private OverrideRules() {}

  /**
   * The override as it is kept: sizes of the task in units and MiB, whatever they were written in.
   *
   * @throws InvalidParameterException it is too long, names a container that the definition lacks,
   *     or has a size that is none
   * @throws ClientException it names a role as none can be named, or leaves a container less memory
   *     than it reserves
   */
  static @Nullable TaskOverride checked(
      TaskDefinition definition, @Nullable TaskOverride override) {
    if (override == null) {
      return null;
    }
    if (CompactText.of(override).length() > MAX_CHARACTERS) {
      throw new InvalidParameterException(
          "Container Overrides length must be at most " + MAX_CHARACTERS);
    }
    for (ContainerOverride container : Given.list(override.containerOverrides())) {
      checkContainer(definition, container);
    }
    if (!Roles.isRole(override.taskRoleArn()) || !Roles.isRole(override.executionRoleArn())) {
      throw new ClientException(Roles.INVALID);
    }
    TaskOverride kept =
        override.toBuilder()
            .cpu(override.cpu() == null ? null : "" + TaskSize.cpu(override.cpu()))
            .memory(override.memory() == null ? null : "" + TaskSize.memory(override.memory()))
            .build();
    List<ContainerDefinition> effective = TaskOverrides.containers(definition, kept);
    TaskSize.of(definition, kept, effective);
    effective.forEach(OverrideRules::checkMemory);
    return kept;
  }

  private static void checkContainer(TaskDefinition definition, ContainerOverride override) {
    if (override.name() == null) {
      if (!override.equals(ContainerOverride.builder().build())) {
        throw new InvalidParameterException("Override for container without a name.");
      }
      return;
    }
    boolean known =
        Given.list(definition.containerDefinitions()).stream()
            .anyMatch(container -> override.name().equals(container.name()));
    if (!known) {
      throw new InvalidParameterException(
          "Override for container named "
              + override.name()
              + " is not a container in the TaskDefinition.");
    }
    checkNotNegative(override.cpu(), "cpu", override.name());
    checkNotNegative(override.memory(), "memory", override.name());
    checkNotNegative(override.memoryReservation(), "memoryReservation", override.name());
  }

  private static void checkNotNegative(@Nullable Integer value, String setting, String container) {
    if (value != null && value < 0) {
      throw new InvalidParameterException(
          "Invalid '" + setting + "' setting for container '" + container + "'.");
    }
  }

  private static void checkMemory(ContainerDefinition container) {
    Integer memory = container.memory();
    Integer reservation = container.memoryReservation();
    if (memory != null && reservation != null && memory < reservation) {
      throw new ClientException(
          "Invalid setting for container '"
              + container.name()
              + "'. 'memory' must be greater than or equal to 'memoryReservation'.");
    }
  }
}
