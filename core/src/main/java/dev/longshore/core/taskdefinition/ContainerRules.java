package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerRestartPolicy;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.ResourceRequirement;
import dev.longshore.shapes.ecs.ResourceType;
import dev.longshore.shapes.ecs.Ulimit;
import dev.longshore.shapes.ecs.Volume;
import dev.longshore.shapes.ecs.VolumeFrom;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for one container of a task definition, whatever it is launched on. */
final class ContainerRules {
  private static final Pattern IMAGE =
      Pattern.compile("[A-Za-z0-9_:./#-]{1,255}(@sha256:[0-9a-f]{64})?");
  private static final Pattern SECURITY_OPTION =
      Pattern.compile("no-new-privileges(:(true|false))?|(apparmor|label|credentialspec):.+");
  private static final Pattern CREDENTIAL_SPEC = Pattern.compile("credentialspec(domainless)?:.+");

  /** Docker Engine refuses a lower limit. */
  private static final int LEAST_MEMORY = 6;

  private static final int LEAST_TIMEOUT = 2;
  private static final int MOST_IGNORED_CODES = 50;

  private ContainerRules() {}

  static void check(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    checkNameAndImage(container);
    checkCpuAndMemory(request, container);
    NetworkRules.check(request, container);
    PortRules.check(request, container);
    EnvironmentRules.check(request, container);
    checkTimeouts(container);
    checkHealth(container);
    checkRestart(container);
    checkMounts(request, container);
    checkLimits(container);
    checkSecurity(container);
    LinuxRules.check(request, container);
    LogRules.check(request, container);
  }

  private static void checkNameAndImage(ContainerDefinition container) {
    String name = Given.text(container.name());
    demand(!name.isEmpty(), "Container.name should not be null or empty.");
    demand(Rules.isName(name), "Container.name contains invalid characters.");
    String image = Given.text(container.image());
    demand(!image.isEmpty(), "Container.image should not be null or empty.");
    demand(IMAGE.matcher(image).matches(), "Container.image contains invalid characters.");
  }

  private static void checkCpuAndMemory(
      RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    Integer cpu = container.cpu();
    demand(cpu == null || cpu >= 0, "Invalid 'cpu' setting for container " + quoted(container));
    String invalid = "Invalid setting for container " + quoted(container) + " ";
    Integer hard = container.memory();
    Integer soft = container.memoryReservation();
    demand(
        hard != null || soft != null || request.memory() != null,
        invalid + "At least one of 'memory' or 'memoryReservation' must be specified.");
    demand(
        hard == null || hard >= LEAST_MEMORY,
        invalid + "'memory' must be greater than or equal to " + LEAST_MEMORY + ".");
    demand(soft == null || soft > 0, invalid + "'memoryReservation' must be greater than 0.");
    demand(
        hard == null || soft == null || hard >= soft,
        invalid + "'memory' must be greater than or equal to 'memoryReservation'.");
    demand(
        hard == null
            || request.memory() == null
            || hard <= TaskSizes.memory(request.memory()).orElseThrow(),
        invalid + "The 'memory' setting for container is greater than for the task.");
  }

  private static void checkTimeouts(ContainerDefinition container) {
    demand(isTimeout(container.startTimeout()), tooShort("start", container));
    demand(isTimeout(container.stopTimeout()), tooShort("stop", container));
  }

  private static boolean isTimeout(@Nullable Integer seconds) {
    return seconds == null || seconds >= LEAST_TIMEOUT;
  }

  private static String tooShort(String which, ContainerDefinition container) {
    return "Granular "
        + which
        + " timeout on container '"
        + container.name()
        + "' must be at least "
        + LEAST_TIMEOUT
        + " seconds.";
  }

  private static void checkHealth(ContainerDefinition container) {
    HealthCheck check = container.healthCheck();
    if (check == null) {
      return;
    }
    String first = check.command().isEmpty() ? "" : check.command().getFirst();
    demand(
        List.of("CMD", "CMD-SHELL", "NONE").contains(first),
        "Invalid 'healthCheck' setting for container "
            + quoted(container)
            + " The command must start with CMD or CMD-SHELL.");
    checkHealth(container, "interval", 5, 300, check.interval());
    checkHealth(container, "timeout", 2, 60, check.timeout());
    checkHealth(container, "retries", 1, 10, check.retries());
    checkHealth(container, "startPeriod", 0, 300, check.startPeriod());
  }

  private static void checkHealth(
      ContainerDefinition container, String setting, int least, int most, @Nullable Integer value) {
    demand(
        Rules.isBetween(least, most, value),
        "Invalid 'healthCheck' setting for container "
            + quoted(container)
            + (" '" + setting + "' must be between " + least + " and " + most + "."));
  }

  private static void checkRestart(ContainerDefinition container) {
    ContainerRestartPolicy policy = container.restartPolicy();
    if (policy == null) {
      return;
    }
    demand(
        Rules.isBetween(60, 1800, policy.restartAttemptPeriod()),
        "the 'restartAttemptPeriod' setting for container '"
            + container.name()
            + "' must be between 60 and 1800");
    demand(
        Given.list(policy.ignoredExitCodes()).size() <= MOST_IGNORED_CODES,
        "the 'ignoredExitCodes' setting for container '"
            + container.name()
            + "' must have at most "
            + MOST_IGNORED_CODES
            + " exit codes");
  }

  private static void checkMounts(
      RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    for (MountPoint mount : Given.list(container.mountPoints())) {
      String volume = Given.text(mount.sourceVolume());
      demand(isDeclared(request, volume), "Unknown volume '" + volume + "'.");
    }
    for (VolumeFrom from : Given.list(container.volumesFrom())) {
      demand(
          Rules.container(request, from.sourceContainer()) != null,
          "Invalid 'volumesFrom' setting. Unknown container: '" + from.sourceContainer() + "'");
    }
  }

  private static boolean isDeclared(RegisterTaskDefinitionRequest request, String name) {
    for (Volume volume : Given.list(request.volumes())) {
      if (Objects.equals(volume.name(), name)) {
        return true;
      }
    }
    return false;
  }

  private static void checkLimits(ContainerDefinition container) {
    for (Ulimit ulimit : Given.list(container.ulimits())) {
      // Docker Engine takes -1 as no limit.
      demand(
          ulimit.hardLimit() == -1 || ulimit.softLimit() <= ulimit.hardLimit(),
          "Invalid 'ulimits' setting for container "
              + quoted(container)
              + " The soft limit must not be greater than the hard limit.");
    }
    for (ResourceRequirement requirement : Given.list(container.resourceRequirements())) {
      demand(
          ResourceType.GPU.equals(requirement.type())
              && requirement.value().matches("[1-9][0-9]{0,3}"),
          "Invalid 'resourceRequirements' setting for container " + quoted(container));
    }
  }

  private static void checkSecurity(ContainerDefinition container) {
    for (String option : Given.list(container.dockerSecurityOptions())) {
      demand(
          SECURITY_OPTION.matcher(option).matches(),
          "Invalid 'dockerSecurityOptions' setting for container " + quoted(container));
    }
    List<String> specs = Given.list(container.credentialSpecs());
    demand(
        specs.size() <= 1 && specs.stream().allMatch(s -> CREDENTIAL_SPEC.matcher(s).matches()),
        "Invalid 'credentialSpecs' setting for container " + quoted(container));
  }

  /** The container's name in quotes and the end of the sentence, as ECS's texts have it. */
  static String quoted(ContainerDefinition container) {
    return "'" + container.name() + "'.";
  }
}
