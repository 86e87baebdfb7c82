package dev.longshore.core.taskdefinition;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.TaskDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what ECS fills in: a definition comes back with everything that was sent, with the
 * defaults that ECS shows, and with the sizes in whole units. What ECS does not show, such as the
 * default network mode, stays absent.
 */
final class Normalised {
  private Normalised() {}

  /**
   * The definition as the API shows it, without ARN, revision, status and times.
   *
   * @param request that meets the rules
   */
  static TaskDefinition.Builder definition(RegisterTaskDefinitionRequest request) {
    List<Attribute> attributes = RequiredAttributes.of(request);
    return TaskDefinition.builder()
        .family(request.family())
        .containerDefinitions(
            request.containerDefinitions().stream()
                .map(container -> container(container, request.networkMode()))
                .toList())
        .taskRoleArn(request.taskRoleArn())
        .executionRoleArn(request.executionRoleArn())
        .networkMode(request.networkMode())
        .volumes(Given.list(request.volumes()))
        .requiresAttributes(attributes.isEmpty() ? null : attributes)
        .placementConstraints(Given.list(request.placementConstraints()))
        .compatibilities(Compatibilities.of(request))
        .runtimePlatform(request.runtimePlatform())
        .requiresCompatibilities(request.requiresCompatibilities())
        .cpu(cpu(request.cpu()))
        .memory(memory(request.memory()))
        .inferenceAccelerators(request.inferenceAccelerators())
        .pidMode(request.pidMode())
        .ipcMode(request.ipcMode())
        .proxyConfiguration(request.proxyConfiguration())
        .ephemeralStorage(request.ephemeralStorage())
        .enableFaultInjection(request.enableFaultInjection());
  }

  private static @Nullable String cpu(@Nullable String text) {
    return text == null ? null : Integer.toString(TaskSizes.cpu(text).orElseThrow());
  }

  private static @Nullable String memory(@Nullable String text) {
    return text == null ? null : Integer.toString(TaskSizes.memory(text).orElseThrow());
  }

  private static ContainerDefinition container(
      ContainerDefinition container, @Nullable String networkMode) {
    return container.toBuilder()
        .cpu(container.cpu() == null ? 0 : container.cpu())
        .essential(Rules.isEssential(container))
        .environment(Given.list(container.environment()))
        .mountPoints(Given.list(container.mountPoints()))
        .portMappings(
            Given.list(container.portMappings()).stream()
                .map(mapping -> portMapping(mapping, networkMode))
                .toList())
        .systemControls(Given.list(container.systemControls()))
        .volumesFrom(Given.list(container.volumesFrom()))
        .healthCheck(healthCheck(container.healthCheck()))
        .build();
  }

  private static PortMapping portMapping(PortMapping mapping, @Nullable String networkMode) {
    PortMapping.Builder builder = mapping.toBuilder();
    if (mapping.protocol() == null) {
      builder.protocol("tcp");
    }
    Integer host = mapping.hostPort();
    if (mapping.containerPort() != null && (host == null || host == 0)) {
      boolean shared = "awsvpc".equals(networkMode) || "host".equals(networkMode);
      builder.hostPort(shared ? mapping.containerPort() : 0);
    }
    return builder.build();
  }

  private static @Nullable HealthCheck healthCheck(@Nullable HealthCheck check) {
    return check == null
        ? null
        : check.toBuilder()
            .interval(check.interval() == null ? 30 : check.interval())
            .timeout(check.timeout() == null ? 5 : check.timeout())
            .retries(check.retries() == null ? 3 : check.retries())
            .build();
  }
}
