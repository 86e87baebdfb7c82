package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.model.InstanceUsage;
import dev.longshore.shapes.ecs.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one task asks of the container instance it goes to.
 *
 * @param launchType only instances of this launch type are looked at
 * @param cpu CPU units
 * @param memory MiB
 * @param ports static host ports
 * @param gpus how many
 * @param networkInterfaces 1 where the task has one of its own, else 0
 * @param attributes must be there by name, and with the value where one is given
 * @param distinctInstance whether another task of its group on the instance is an obstacle
 * @param preferences in the order of their weight; none: any instance is as good as another
 */
public record Demand(
    String launchType,
    int cpu,
    int memory,
    List<HostPort> ports,
    int gpus,
    int networkInterfaces,
    List<Attribute> attributes,
    boolean distinctInstance,
    List<Preference> preferences) {
  /**
   * Why the instance cannot take the task; null: it can. Its status is not looked at.
   *
   * @param used what its tasks use of it
   * @param groupTasks how many tasks of the task's group it holds
   */
  public @Nullable Obstacle obstacle(
      ContainerInstance instance, InstanceUsage used, int groupTasks) {
    if (!instance.agentConnected()) {
      return Obstacle.AGENT;
    }
    Obstacle resource = missingResource(instance, used);
    if (resource != null) {
      return resource;
    }
    if (lacksAttribute(instance)) {
      return Obstacle.ATTRIBUTE;
    }
    return distinctInstance && groupTasks > 0 ? Obstacle.DISTINCT_INSTANCE : null;
  }

  private @Nullable Obstacle missingResource(ContainerInstance instance, InstanceUsage used) {
    if (instance.cpu() - used.cpu() < cpu) {
      return Obstacle.CPU;
    }
    if (instance.memory() - used.memory() < memory) {
      return Obstacle.MEMORY;
    }
    if (holdsPort(instance.reservedPorts()) || holdsPort(used.ports())) {
      return Obstacle.PORTS;
    }
    if (instance.gpus().size() - used.gpus().size() < gpus) {
      return Obstacle.GPU;
    }
    if (instance.networkInterfaces() - used.networkInterfaces() < networkInterfaces) {
      return Obstacle.NETWORK_INTERFACE;
    }
    return null;
  }

  private boolean holdsPort(List<HostPort> taken) {
    for (int at = 0; at < ports.size(); at++) {
      if (taken.contains(ports.get(at))) {
        return true;
      }
    }
    return false;
  }

  private boolean lacksAttribute(ContainerInstance instance) {
    for (int at = 0; at < attributes.size(); at++) {
      Attribute wanted = attributes.get(at);
      String found = instance.attribute(wanted.name());
      if (found == null || (wanted.value() != null && !found.equals(wanted.value()))) {
        return true;
      }
    }
    return false;
  }

  /** What the task will hold of an instance that it fits on; its GPUs are the first free ones. */
  public InstanceUsage share(ContainerInstance instance, InstanceUsage used) {
    List<String> free =
        gpus == 0
            ? List.of()
            : instance.gpus().stream().filter(id -> !used.gpus().contains(id)).limit(gpus).toList();
    return new InstanceUsage(cpu, memory, ports, free, networkInterfaces, 1, 1);
  }
}
