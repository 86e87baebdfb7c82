package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerCondition;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerDependency;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The rules for the order in which containers start. */
final class DependencyRules {
  private DependencyRules() {}

  static void check(RegisterTaskDefinitionRequest request) {
    for (ContainerDefinition container : request.containerDefinitions()) {
      for (ContainerDependency dependency : Given.list(container.dependsOn())) {
        // The plus sign stands in ECS's own text.
        demand(
            Rules.container(request, dependency.containerName()) != null,
            "Cannot depend on container + '"
                + dependency.containerName()
                + "' because it does not exist");
      }
    }
    demand(!hasCycle(request), "Container dependsOn contains a cycle");
    for (ContainerDefinition container : request.containerDefinitions()) {
      Given.list(container.dependsOn()).forEach(dependency -> checkTarget(request, dependency));
    }
  }

  /** Takes away what waits for nothing that is left, until nothing is left or all is a cycle. */
  private static boolean hasCycle(RegisterTaskDefinitionRequest request) {
    List<ContainerDefinition> left = new ArrayList<>(request.containerDefinitions());
    Set<String> names = new TreeSet<>();
    left.forEach(container -> names.add(Given.text(container.name())));
    boolean moved = true;
    while (moved) {
      moved = false;
      for (ContainerDefinition container : List.copyOf(left)) {
        if (Given.list(container.dependsOn()).stream()
            .noneMatch(dependency -> names.contains(dependency.containerName()))) {
          left.remove(container);
          names.remove(Given.text(container.name()));
          moved = true;
        }
      }
    }
    return !left.isEmpty();
  }

  private static void checkTarget(
      RegisterTaskDefinitionRequest request, ContainerDependency dependency) {
    ContainerDefinition target = Rules.container(request, dependency.containerName());
    if (target == null) {
      return;
    }
    switch (dependency.condition()) {
      case ContainerCondition.COMPLETE, ContainerCondition.SUCCESS ->
          demand(
              !Rules.isEssential(target),
              "A dependency container with SUCCESS or COMPLETE condition cannot be an essential"
                  + " container");
      case ContainerCondition.HEALTHY ->
          demand(
              target.healthCheck() != null,
              "A dependency container with HEALTHY condition must have health check configured");
      case ContainerCondition.START -> {
        // Any container can be started.
      }
      default -> demand(false, "Invalid condition '" + dependency.condition() + "' in dependsOn.");
    }
  }
}
