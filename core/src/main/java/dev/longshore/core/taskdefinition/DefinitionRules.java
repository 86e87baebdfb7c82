package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.JsonLength;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.Compatibility;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a task definition must meet, in the order in which ECS looks: of several broken
 * rules the caller is told the first.
 */
final class DefinitionRules {
  private static final int MOST_CONTAINERS = 10;
  private static final int MOST_BYTES = 65_536;
  private static final int LEAST_CPU = 128;
  private static final int MOST_CPU = 196_608;

  private DefinitionRules() {}

  /**
   * Checks a request.
   *
   * @throws InvalidParameterException the task's size cannot be read
   * @throws ClientException any other rule is broken
   */
  static void check(RegisterTaskDefinitionRequest request) {
    boolean fargate = isFor(request, Compatibility.FARGATE);
    checkSizes(request, fargate);
    checkFamily(request.family());
    checkContainerList(request.containerDefinitions());
    checkNetworkMode(request, fargate);
    if (fargate) {
      FargateRules.checkTask(request);
    }
    TaskRules.check(request);
    for (ContainerDefinition container : request.containerDefinitions()) {
      ContainerRules.check(request, container);
      if (fargate) {
        FargateRules.checkContainer(request, container);
      }
    }
    TaskRules.checkTogether(request);
    DependencyRules.check(request);
    if (fargate) {
      FargateRules.checkSize(request);
    }
    int length = JsonLength.of(request);
    demand(
        length <= MOST_BYTES,
        "Actual length: '" + length + "'. Max allowed length is '" + MOST_BYTES + "' bytes.");
  }

  static boolean isFor(RegisterTaskDefinitionRequest request, String compatibility) {
    return Given.list(request.requiresCompatibilities()).contains(compatibility);
  }

  private static void checkSizes(RegisterTaskDefinitionRequest request, boolean fargate) {
    if (request.cpu() != null) {
      OptionalInt cpu = TaskSizes.cpu(request.cpu());
      // Fargate's sizes have a table of their own, which is looked at last.
      if (cpu.isEmpty() || (!fargate && !Rules.isBetween(LEAST_CPU, MOST_CPU, cpu.getAsInt()))) {
        throw new InvalidParameterException("Invalid 'cpu' setting for task.");
      }
    }
    if (request.memory() != null && TaskSizes.memory(request.memory()).isEmpty()) {
      throw new InvalidParameterException("Invalid 'memory' setting for task.");
    }
  }

  private static void checkFamily(@Nullable String family) {
    demand(family != null && !family.isEmpty(), "Family should not be null or empty.");
    demand(Rules.isName(family), "Family contains invalid characters.");
  }

  private static void checkContainerList(@Nullable List<ContainerDefinition> containers) {
    List<ContainerDefinition> given = Given.list(containers);
    demand(!given.isEmpty(), "Container list cannot be empty.");
    demand(
        given.size() <= MOST_CONTAINERS,
        "Too many containers. A task definition can have at most " + MOST_CONTAINERS + ".");
    demand(
        given.stream().anyMatch(Rules::isEssential),
        "Task definition doesn't have any essential container.");
  }

  private static void checkNetworkMode(RegisterTaskDefinitionRequest request, boolean fargate) {
    for (String compatibility : Given.list(request.requiresCompatibilities())) {
      demand(
          Compatibility.VALUES.contains(compatibility),
          "Invalid value '" + compatibility + "' in requiresCompatibilities.");
    }
    if (fargate) {
      FargateRules.checkNetworkMode(request);
    }
    demand(
        !isFor(request, Compatibility.EXTERNAL) || !Rules.isAwsvpc(request),
        "External instances do not support network mode 'awsvpc'.");
  }
}
