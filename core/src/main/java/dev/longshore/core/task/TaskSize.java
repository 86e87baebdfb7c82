package dev.longshore.core.task;

import dev.longshore.core.model.HostPort;
import dev.longshore.core.operation.Given;
import dev.longshore.core.taskdefinition.TaskSizes;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.ResourceRequirement;
import dev.longshore.shapes.ecs.TaskDefinition;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a task takes of its instance, booked as the agent books it; or else its queue would wait for
 * what the control plane thinks is free.
 *
 * @param cpu the task's own, else the sum of its containers'
 * @param memory the task's own, else the sum of its containers' reservations, or limits where they
 *     have none
 * @param ports static host ports, sorted
 * @param gpus how many
 * @param networkInterfaces 1 with awsvpc, else 0
 */
record TaskSize(int cpu, int memory, List<HostPort> ports, int gpus, int networkInterfaces) {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  /** The size of a definition whose containers were overridden already. */
  static TaskSize of(
      TaskDefinition definition,
      @Nullable TaskOverride override,
      List<ContainerDefinition> containers) {
    String cpu = override != null && override.cpu() != null ? override.cpu() : definition.cpu();
    String memory =
        override != null && override.memory() != null ? override.memory() : definition.memory();
    int gpus = 0;
    for (ContainerDefinition container : containers) {
      gpus += gpus(container);
    }
    return new TaskSize(
        cpu == null ? containersCpu(containers) : cpu(cpu),
        memory == null ? containersMemory(containers) : memory(memory),
        ports(definition.networkMode(), containers),
        gpus,
        "awsvpc".equals(definition.networkMode()) ? 1 : 0);
  }

  private static int containersCpu(List<ContainerDefinition> containers) {
    long sum = 0;
    for (ContainerDefinition container : containers) {
      sum += container.cpu() == null ? 0 : container.cpu();
    }
    return most(sum);
  }

  private static int containersMemory(List<ContainerDefinition> containers) {
    long sum = 0;
    for (ContainerDefinition container : containers) {
      Integer reservation = container.memoryReservation();
      Integer limit = container.memory();
      sum += reservation != null ? reservation : limit != null ? limit : 0;
    }
    return most(sum);
  }

  /**
   * What is more than any instance has stays so: a sum must not wrap round to less than nothing.
   */
  private static int most(long sum) {
    return Math.clamp(sum, 0, Integer.MAX_VALUE);
  }

  static int gpus(ContainerDefinition container) {
    int count = 0;
    for (ResourceRequirement requirement : Given.list(container.resourceRequirements())) {
      if (requirement.type().equals("GPU")) {
        count += number(requirement.value());
      }
    }
    return count;
  }

  private static List<HostPort> ports(
      @Nullable String networkMode, List<ContainerDefinition> containers) {
    if ("awsvpc".equals(networkMode) || "none".equals(networkMode)) {
      return List.of();
    }
    List<HostPort> ports = new ArrayList<>();
    for (ContainerDefinition container : containers) {
      for (PortMapping mapping : Given.list(container.portMappings())) {
        Integer port = mapping.hostPort();
        if ((port == null || port == 0) && "host".equals(networkMode)) {
          port = mapping.containerPort();
        }
        if (port != null && port != 0) {
          ports.add(new HostPort(mapping.protocol() == null ? "tcp" : mapping.protocol(), port));
        }
      }
    }
    ports.sort(null);
    return List.copyOf(ports);
  }

  static int cpu(String text) {
    return TaskSizes.cpu(text).orElseThrow(() -> invalid("cpu"));
  }

  static int memory(String text) {
    return TaskSizes.memory(text).orElseThrow(() -> invalid("memory"));
  }

  private static int number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw invalid("resourceRequirements");
    }
    return Integer.parseInt(text);
  }

  private static InvalidParameterException invalid(String setting) {
    return new InvalidParameterException("Invalid '" + setting + "' setting for task.");
  }
}
