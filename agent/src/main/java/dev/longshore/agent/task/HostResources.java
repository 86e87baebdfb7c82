package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.PortMapping;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is left of the instance's CPU, memory and host ports. Counted as the scheduler counts, from
 * what the payload asks for and not from what is used.
 */
final class HostResources {
  private final Set<Integer> ports = new TreeSet<>();
  private final Set<Integer> udpPorts = new TreeSet<>();
  private int cpu;
  private int memory;

  HostResources(Settings settings) {
    cpu = settings.cpu();
    memory = settings.memory();
    ports.addAll(settings.reservedPorts());
    udpPorts.addAll(settings.reservedUdpPorts());
  }

  /** Whether the task could have its share now. */
  boolean fits(TaskSpec task) {
    if (isExempt(task)) {
      return true;
    }
    return cpu(task) <= cpu
        && memory(task) <= memory
        && task.containers().stream()
            .flatMap(container -> container.portMappings().stream())
            .noneMatch(port -> port.hostPort() != 0 && set(port).contains(port.hostPort()));
  }

  void take(TaskSpec task) {
    if (isExempt(task)) {
      return;
    }
    cpu -= cpu(task);
    memory -= memory(task);
    for (ContainerSpec container : task.containers()) {
      for (PortMapping port : container.portMappings()) {
        if (port.hostPort() != 0) {
          set(port).add(port.hostPort());
        }
      }
    }
  }

  /** Gives back what {@link #take} took. */
  void give(TaskSpec task) {
    if (isExempt(task)) {
      return;
    }
    cpu += cpu(task);
    memory += memory(task);
    for (ContainerSpec container : task.containers()) {
      for (PortMapping port : container.portMappings()) {
        set(port).remove(port.hostPort());
      }
    }
  }

  /** Tasks of this launch type are sized to a host of their own and wait for nothing. */
  private static boolean isExempt(TaskSpec task) {
    return "FARGATE".equals(task.launchType());
  }

  private Set<Integer> set(PortMapping port) {
    return port.protocol().equals("udp") ? udpPorts : ports;
  }

  private static int cpu(TaskSpec task) {
    return task.cpu() > 0
        ? (int) (task.cpu() * 1024)
        : task.containers().stream().mapToInt(ContainerSpec::cpu).sum();
  }

  private static int memory(TaskSpec task) {
    return task.memory() > 0
        ? task.memory()
        : task.containers().stream()
            .mapToInt(c -> c.memoryReservation() > 0 ? c.memoryReservation() : c.memory())
            .sum();
  }
}
