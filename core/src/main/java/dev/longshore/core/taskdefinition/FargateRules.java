package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.LinuxParameters;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.LogDriver;
import dev.longshore.shapes.ecs.OSFamily;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RuntimePlatform;
import dev.longshore.shapes.ecs.Volume;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules that tasks on Fargate must meet besides those for all tasks. */
final class FargateRules {
  private static final List<String> LOG_DRIVERS =
      List.of(LogDriver.AWSLOGS, LogDriver.SPLUNK, LogDriver.AWSFIRELENS);
  private static final List<String> WINDOWS =
      List.of(
          OSFamily.WINDOWS_SERVER_2019_FULL,
          OSFamily.WINDOWS_SERVER_2019_CORE,
          OSFamily.WINDOWS_SERVER_2022_FULL,
          OSFamily.WINDOWS_SERVER_2022_CORE,
          OSFamily.WINDOWS_SERVER_2025_FULL,
          OSFamily.WINDOWS_SERVER_2025_CORE);
  private static final int LONGEST_STOP = 120;

  private FargateRules() {}

  /** Whether a definition that meets the rules for all tasks meets these as well. */
  static boolean allow(RegisterTaskDefinitionRequest request) {
    try {
      checkNetworkMode(request);
      checkTask(request);
      request.containerDefinitions().forEach(container -> checkContainer(request, container));
      checkSize(request);
      return true;
    } catch (ClientException broken) {
      return false;
    }
  }

  static void checkNetworkMode(RegisterTaskDefinitionRequest request) {
    // The quotation marks are ECS's own.
    demand(Rules.isAwsvpc(request), "Fargate only supports network mode \u2018awsvpc\u2019.");
  }

  static void checkTask(RegisterTaskDefinitionRequest request) {
    demand(
        request.pidMode() == null || request.pidMode().equals("task"),
        "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value"
            + " for pidMode is 'task'.");
    demand(request.ipcMode() == null, unsupported("ipcMode"));
    demand(Given.list(request.placementConstraints()).isEmpty(), unsupported("constraints"));
    String family = operatingSystem(request);
    demand(
        family.equals(OSFamily.LINUX) || WINDOWS.contains(family),
        "Tasks using the Fargate launch type are not supported on operating system family "
            + family);
    for (Volume volume : Given.list(request.volumes())) {
      demand(volume.dockerVolumeConfiguration() == null, unsupported("dockerVolumeConfiguration"));
      demand(
          volume.host() == null || volume.host().sourcePath() == null, unsupported("sourcePath"));
      demand(
          volume.fsxWindowsFileServerVolumeConfiguration() == null,
          unsupported("fsxWindowsFileServerVolumeConfiguration"));
    }
  }

  static void checkContainer(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    demand(
        !Boolean.TRUE.equals(container.privileged()),
        "Fargate requires that the 'privileged' setting be 'false'");
    demand(
        Given.list(container.dockerSecurityOptions()).isEmpty(),
        unsupported("dockerSecurityOptions"));
    demand(
        Given.list(container.resourceRequirements()).isEmpty(),
        "Tasks using the Fargate launch type do not support GPU resource requirements");
    Integer stop = container.stopTimeout();
    demand(
        stop == null || stop <= LONGEST_STOP,
        "Tasks using the Fargate launch type must have a container stop timeout of less than 120"
            + " seconds.");
    demand(
        request.executionRoleArn() != null || !Images.isInEcr(container.image()),
        "Fargate requires task definition to have execution role ARN to support ECR images.");
    checkLinux(container.linuxParameters());
    checkLog(request, container.logConfiguration());
    checkRouter(container.firelensConfiguration());
  }

  private static void checkLinux(@Nullable LinuxParameters linux) {
    if (linux == null) {
      return;
    }
    demand(Given.list(linux.devices()).isEmpty(), unsupported("devices"));
    demand(linux.sharedMemorySize() == null, unsupported("sharedMemorySize"));
    demand(linux.maxSwap() == null, unsupported("maxSwap"));
    demand(linux.swappiness() == null, unsupported("swappiness"));
    if (linux.capabilities() != null) {
      for (String capability : Given.list(linux.capabilities().add())) {
        demand(capability.equals("SYS_PTRACE"), capability + " is not allowed on Fargate.");
      }
    }
  }

  private static void checkLog(
      RegisterTaskDefinitionRequest request, @Nullable LogConfiguration log) {
    if (log == null) {
      return;
    }
    demand(
        LOG_DRIVERS.contains(log.logDriver()),
        log.logDriver()
            + " is not a valid log driver. Must be one of ["
            + String.join(", ", LOG_DRIVERS)
            + "]");
    if (log.logDriver().equals(LogDriver.AWSLOGS)) {
      demand(
          request.executionRoleArn() != null,
          "Fargate requires task definition to have execution role ARN to support log driver"
              + " awslogs.");
      demand(
          LogRules.has(log.options(), "awslogs-stream-prefix"),
          "Fargate requires log configuration options to include awslogs-stream-prefix");
    }
  }

  private static void checkRouter(@Nullable FirelensConfiguration router) {
    demand(
        router == null || !"s3".equals(LogRules.option(router.options(), "config-file-type")),
        "Fargate launch type does not support FirelensConfiguration config file from 's3'");
  }

  static void checkSize(RegisterTaskDefinitionRequest request) {
    String cpu = request.cpu();
    String memory = request.memory();
    if (cpu == null) {
      throw new ClientException("Fargate requires that 'cpu' be defined at the task level.");
    }
    if (memory == null) {
      throw new ClientException("Fargate requires that 'memory' be defined at the task level.");
    }
    int units = TaskSizes.cpu(cpu).orElseThrow();
    int mib = TaskSizes.memory(memory).orElseThrow();
    demand(
        FargateSizes.contain(units, mib, isWindows(request)),
        "No Fargate configuration exists for given values: "
            + units
            + " CPU, "
            + mib
            + " memory. See the Amazon ECS documentation for the valid values.");
  }

  static boolean isWindows(RegisterTaskDefinitionRequest request) {
    return operatingSystem(request).startsWith("WINDOWS");
  }

  private static String operatingSystem(RegisterTaskDefinitionRequest request) {
    RuntimePlatform platform = request.runtimePlatform();
    String family = platform == null ? null : platform.operatingSystemFamily();
    return family == null ? OSFamily.LINUX : family;
  }

  private static String unsupported(String setting) {
    return "Fargate compatible task definitions do not support " + setting;
  }
}
