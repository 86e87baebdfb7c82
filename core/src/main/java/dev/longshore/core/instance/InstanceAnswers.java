package dev.longshore.core.instance;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.model.InstanceUsage;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ContainerInstanceField;
import dev.longshore.shapes.ecs.ContainerInstanceHealthStatus;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.Resource;
import java.util.ArrayList;
import java.util.List;

/** What the API shows of a container instance. */
public final class InstanceAnswers {
  /** From good to bad: an instance is as well as the worst of its parts. */
  private static final List<String> HEALTH =
      List.of("OK", "INITIALIZING", "INSUFFICIENT_DATA", "IMPAIRED");

  private InstanceAnswers() {}

  /**
   * The instance as the API shows it.
   *
   * @param include the names of {@link ContainerInstanceField} asked for
   */
  public static dev.longshore.shapes.ecs.ContainerInstance of(
      View view, ContainerInstance instance, List<String> include) {
    InstanceUsage used = view.total(Task.USAGE, instance.arn());
    boolean tags = include.contains(ContainerInstanceField.TAGS);
    boolean health = include.contains(ContainerInstanceField.CONTAINER_INSTANCE_HEALTH);
    return dev.longshore.shapes.ecs.ContainerInstance.builder()
        .containerInstanceArn(instance.arn())
        .ec2InstanceId(instance.ec2InstanceId())
        .version(instance.version())
        .versionInfo(instance.versionInfo())
        .remainingResources(remaining(instance, used))
        .registeredResources(registered(instance))
        .status(instance.status())
        .statusReason(instance.statusReason())
        .agentConnected(instance.agentConnected())
        .runningTasksCount(used.running())
        .pendingTasksCount(used.pending())
        .attributes(instance.attributes())
        .registeredAt(instance.registeredAt())
        .attachments(List.of())
        .tags(tags ? instance.tags() : List.of())
        .healthStatus(health ? health(instance) : null)
        .build();
  }

  private static List<Resource> registered(ContainerInstance instance) {
    return resources(
        instance, instance.cpu(), instance.memory(), instance.reservedPorts(), instance.gpus());
  }

  /** Of ports it names those in use, of everything else what is left. */
  private static List<Resource> remaining(ContainerInstance instance, InstanceUsage used) {
    List<HostPort> ports = new ArrayList<>(instance.reservedPorts());
    ports.addAll(used.ports());
    return resources(
        instance,
        instance.cpu() - used.cpu(),
        instance.memory() - used.memory(),
        ports,
        instance.gpus().stream().filter(gpu -> !used.gpus().contains(gpu)).toList());
  }

  private static List<Resource> resources(
      ContainerInstance instance, int cpu, int memory, List<HostPort> ports, List<String> gpus) {
    List<Resource> resources = new ArrayList<>();
    resources.add(amount("CPU", cpu));
    resources.add(amount("MEMORY", memory));
    resources.add(set("PORTS", numbers(ports, "tcp")));
    resources.add(set("PORTS_UDP", numbers(ports, "udp")));
    if (!instance.gpus().isEmpty()) {
      resources.add(set("GPU", gpus));
    }
    return resources;
  }

  private static List<String> numbers(List<HostPort> ports, String protocol) {
    return ports.stream()
        .filter(port -> port.protocol().equals(protocol))
        .map(port -> Integer.toString(port.port()))
        .toList();
  }

  /** The zeroes are shown by the API too. */
  private static Resource amount(String name, int value) {
    return Resource.builder()
        .name(name)
        .type("INTEGER")
        .doubleValue(0.0)
        .longValue(0L)
        .integerValue(value)
        .build();
  }

  private static Resource set(String name, List<String> values) {
    return Resource.builder()
        .name(name)
        .type("STRINGSET")
        .doubleValue(0.0)
        .longValue(0L)
        .integerValue(0)
        .stringSetValue(values)
        .build();
  }

  private static ContainerInstanceHealthStatus health(ContainerInstance instance) {
    List<InstanceHealthCheckResult> details = instance.health();
    int worst = details.isEmpty() ? HEALTH.indexOf("INSUFFICIENT_DATA") : 0;
    for (InstanceHealthCheckResult detail : details) {
      worst = Math.max(worst, HEALTH.indexOf(detail.status()));
    }
    return ContainerInstanceHealthStatus.builder()
        .overallStatus(HEALTH.get(worst))
        .details(details)
        .build();
  }
}
