package dev.longshore.core.task;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerOverride;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.TaskDefinition;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies what RunTask and StartTask may override of a task definition. */
public final class TaskOverrides {
  private TaskOverrides() {}

  /**
   * The definition's containers as a task with that override runs them. Environment is merged by
   * name, the override winning; everything else that the override gives replaces what the
   * definition says. An empty list overrides nothing.
   */
  public static List<ContainerDefinition> containers(
      TaskDefinition definition, @Nullable TaskOverride override) {
    List<ContainerDefinition> containers = Given.list(definition.containerDefinitions());
    List<ContainerOverride> overrides =
        override == null ? List.of() : Given.list(override.containerOverrides());
    return overrides.isEmpty()
        ? containers
        : containers.stream().map(container -> overridden(container, overrides)).toList();
  }

  private static ContainerDefinition overridden(
      ContainerDefinition container, List<ContainerOverride> overrides) {
    ContainerDefinition result = container;
    for (ContainerOverride one : overrides) {
      if (one.name() != null && one.name().equals(container.name())) {
        result = overridden(result, one);
      }
    }
    return result;
  }

  private static ContainerDefinition overridden(
      ContainerDefinition container, ContainerOverride override) {
    ContainerDefinition.Builder builder = container.toBuilder();
    if (!isEmpty(override.command())) {
      builder.command(override.command());
    }
    if (!isEmpty(override.environment())) {
      builder.environment(merged(container.environment(), override.environment()));
    }
    if (!isEmpty(override.environmentFiles())) {
      builder.environmentFiles(override.environmentFiles());
    }
    if (override.cpu() != null) {
      builder.cpu(override.cpu());
    }
    if (override.memory() != null) {
      builder.memory(override.memory());
    }
    if (override.memoryReservation() != null) {
      builder.memoryReservation(override.memoryReservation());
    }
    if (!isEmpty(override.resourceRequirements())) {
      builder.resourceRequirements(override.resourceRequirements());
    }
    return builder.build();
  }

  private static List<KeyValuePair> merged(
      @Nullable List<KeyValuePair> definition, @Nullable List<KeyValuePair> override) {
    Map<String, KeyValuePair> byName = new LinkedHashMap<>();
    for (KeyValuePair pair : Given.list(definition)) {
      byName.put(Given.text(pair.name()), pair);
    }
    for (KeyValuePair pair : Given.list(override)) {
      byName.put(Given.text(pair.name()), pair);
    }
    return List.copyOf(byName.values());
  }

  private static boolean isEmpty(@Nullable List<?> list) {
    return list == null || list.isEmpty();
  }
}
