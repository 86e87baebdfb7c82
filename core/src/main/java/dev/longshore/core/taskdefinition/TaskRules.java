package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.shapes.ecs.CPUArchitecture;
import dev.longshore.shapes.ecs.Compatibility;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.OSFamily;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.ProxyConfiguration;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RuntimePlatform;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraint;
import dev.longshore.shapes.ecs.TaskDefinitionPlacementConstraintType;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rules for what a task definition says of the task as a whole. */
final class TaskRules {
  private static final int MOST_CONSTRAINTS = 10;
  private static final int LEAST_STORAGE = 21;
  private static final int MOST_STORAGE = 200;
  private static final List<String> PROXY_PROPERTIES =
      List.of("AppPorts", "ProxyIngressPort", "ProxyEgressPort");

  private TaskRules() {}

  static void check(RegisterTaskDefinitionRequest request) {
    demand(Roles.isRole(request.taskRoleArn()), Roles.INVALID);
    demand(Roles.isRole(request.executionRoleArn()), Roles.INVALID);
    demand(
        Given.list(request.inferenceAccelerators()).isEmpty(),
        "Unsupported field 'inferenceAccelerators'");
    checkPlatform(request.runtimePlatform());
    checkStorage(request);
    checkConstraints(Given.list(request.placementConstraints()));
    VolumeRules.check(request);
    if (request.proxyConfiguration() != null) {
      checkProxy(request, request.proxyConfiguration());
    }
  }

  /** The rules that look at all containers at once. */
  static void checkTogether(RegisterTaskDefinitionRequest request) {
    Set<String> names = new TreeSet<>();
    Set<String> ports = new TreeSet<>();
    int routers = 0;
    for (ContainerDefinition container : request.containerDefinitions()) {
      demand(
          names.add(Given.text(container.name())),
          "Container names must be unique within a task definition");
      for (PortMapping mapping : Given.list(container.portMappings())) {
        demand(
            mapping.name() == null || ports.add(mapping.name()),
            "port mapping name is already used");
      }
      routers += container.firelensConfiguration() == null ? 0 : 1;
    }
    demand(routers <= 1, "Only one container of a task can have a firelensConfiguration.");
    PortRules.checkShared(request);
    checkSums(request);
  }

  private static void checkSums(RegisterTaskDefinitionRequest request) {
    long cpu = 0;
    long reserved = 0;
    for (ContainerDefinition container : request.containerDefinitions()) {
      cpu += orZero(container.cpu());
      reserved += orZero(container.memoryReservation());
    }
    if (request.cpu() != null) {
      demand(
          cpu <= TaskSizes.cpu(request.cpu()).orElseThrow(),
          "The sum of all container 'cpu' values cannot be greater than the value of the task"
              + " 'cpu'.");
    }
    if (request.memory() != null) {
      demand(
          reserved <= TaskSizes.memory(request.memory()).orElseThrow(),
          "The sum of all container 'memoryReservation' values cannot be greater than the value of"
              + " the task 'memory'.");
    }
  }

  private static void checkPlatform(@Nullable RuntimePlatform platform) {
    if (platform == null) {
      return;
    }
    String cpu = platform.cpuArchitecture();
    demand(cpu == null || CPUArchitecture.VALUES.contains(cpu), "Invalid CPU architecture");
    String family = platform.operatingSystemFamily();
    demand(family == null || OSFamily.VALUES.contains(family), "Invalid operating system family");
  }

  private static void checkStorage(RegisterTaskDefinitionRequest request) {
    if (request.ephemeralStorage() == null) {
      return;
    }
    int size = request.ephemeralStorage().sizeInGiB();
    demand(size >= LEAST_STORAGE, "EphemeralStorage size should be at least " + LEAST_STORAGE);
    demand(size <= MOST_STORAGE, "EphemeralStorage size should be at most " + MOST_STORAGE);
    boolean undecided =
        Given.list(request.requiresCompatibilities()).isEmpty() && Rules.isAwsvpc(request);
    demand(
        undecided || DefinitionRules.isFor(request, Compatibility.FARGATE),
        "Tasks using the EC2 launch type do not support EphemeralStorage");
  }

  private static void checkConstraints(List<TaskDefinitionPlacementConstraint> constraints) {
    demand(
        constraints.size() <= MOST_CONSTRAINTS,
        "A task can have at most " + MOST_CONSTRAINTS + " placement constraints.");
    for (TaskDefinitionPlacementConstraint constraint : constraints) {
      demand(
          TaskDefinitionPlacementConstraintType.MEMBER_OF.equals(constraint.type()),
          "Invalid placement constraint type. The supported type is 'memberOf'.");
      demand(
          !Given.text(constraint.expression()).isBlank(),
          "Placement constraints of type 'memberOf' require an expression.");
      Expression.compile(Given.text(constraint.expression()));
    }
  }

  private static void checkProxy(RegisterTaskDefinitionRequest request, ProxyConfiguration proxy) {
    demand(
        Rules.isAwsvpc(request), "proxyConfiguration is only supported when networkMode=awsvpc.");
    demand(
        Rules.container(request, proxy.containerName()) != null,
        "Invalid 'proxyConfiguration' setting. Unknown container: '" + proxy.containerName() + "'");
    demand(
        has(proxy, "IgnoredUID") || has(proxy, "IgnoredGID"),
        "Invalid 'proxyConfiguration' setting. 'IgnoredUID' or 'IgnoredGID' must be specified.");
    for (String property : PROXY_PROPERTIES) {
      demand(
          has(proxy, property),
          "Invalid 'proxyConfiguration' setting. '" + property + "' must be specified.");
    }
  }

  private static boolean has(ProxyConfiguration proxy, String name) {
    for (KeyValuePair property : Given.list(proxy.properties())) {
      if (name.equals(property.name()) && !Given.text(property.value()).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
