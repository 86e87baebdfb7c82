package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.core.placement.language.Subject;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules of placement said as plainly as can be: every instance is looked at for every decision,
 * and every task is counted each time. What the indexes decide is held against this.
 */
final class Oracle {
  /** By ARN: the instances that are registered. */
  final Map<String, ContainerInstance> instances = new LinkedHashMap<>();

  /** By the instance's ARN, by their own: the tasks that are not STOPPED. */
  private final Map<String, Map<String, Task>> tasks = new LinkedHashMap<>();

  void put(Task task) {
    tasksOn(Objects.requireNonNull(task.containerInstanceArn())).put(task.arn(), task);
  }

  void remove(Task task) {
    tasksOn(Objects.requireNonNull(task.containerInstanceArn())).remove(task.arn());
  }

  private Map<String, Task> tasksOn(String instanceArn) {
    return tasks.computeIfAbsent(instanceArn, arn -> new LinkedHashMap<>());
  }

  /** The lowest rank of any instance that can take the task; null where none can. */
  @Nullable List<Integer> best(Demand demand, String group) {
    List<Integer> best = null;
    for (ContainerInstance instance : instances.values()) {
      if (canTake(instance, demand, group)) {
        List<Integer> rank = rank(instance, demand, group);
        if (best == null || isLower(rank, best)) {
          best = rank;
        }
      }
    }
    return best;
  }

  static boolean isLower(List<Integer> one, List<Integer> other) {
    for (int at = 0; at < one.size(); at++) {
      if (!one.get(at).equals(other.get(at))) {
        return one.get(at) < other.get(at);
      }
    }
    return false;
  }

  boolean canTake(ContainerInstance instance, Demand demand, String group) {
    return instance.status().equals("ACTIVE")
        && instance.launchType().equals(demand.launchType())
        && obstacle(instance, demand, group) == null;
  }

  @Nullable Obstacle obstacle(ContainerInstance instance, Demand demand, String group) {
    if (!instance.agentConnected()) {
      return Obstacle.AGENT;
    }
    int cpu = instance.cpu();
    int memory = instance.memory();
    int gpus = instance.gpus().size();
    int interfaces = instance.networkInterfaces();
    List<HostPort> ports = new ArrayList<>(instance.reservedPorts());
    for (Task task : tasksOn(instance.arn()).values()) {
      cpu -= task.cpu();
      memory -= task.memory();
      gpus -= task.containers().stream().mapToInt(each -> each.gpuIds().size()).sum();
      interfaces -= task.networkInterfaces();
      ports.addAll(task.ports());
    }
    if (cpu < demand.cpu()) {
      return Obstacle.CPU;
    }
    if (memory < demand.memory()) {
      return Obstacle.MEMORY;
    }
    boolean tooMany = !demand.ports().isEmpty() && ports.size() + demand.ports().size() > 100;
    if (tooMany || demand.ports().stream().anyMatch(ports::contains)) {
      return Obstacle.PORTS;
    }
    if (gpus < demand.gpus()) {
      return Obstacle.GPU;
    }
    if (interfaces < demand.networkInterfaces()) {
      return Obstacle.NETWORK_INTERFACE;
    }
    if (demand.attributes().stream().anyMatch(each -> lacks(instance, each))) {
      return Obstacle.ATTRIBUTE;
    }
    if (demand.memberOf().stream().anyMatch(each -> !matches(instance, each))) {
      return Obstacle.MEMBER_OF;
    }
    boolean shares = demand.distinctInstance() && groupTasks(instance, group) > 0;
    return shares ? Obstacle.DISTINCT_INSTANCE : null;
  }

  private static boolean lacks(ContainerInstance instance, Attribute wanted) {
    String value = instance.attribute(wanted.name());
    return value == null || (wanted.value() != null && !value.equals(wanted.value()));
  }

  private boolean matches(ContainerInstance instance, Expression expression) {
    return expression.matches(new Machine(instance, List.copyOf(tasksOn(instance.arn()).values())));
  }

  /** Lower is better, for each preference in turn. */
  List<Integer> rank(ContainerInstance instance, Demand demand, String group) {
    List<Integer> rank = new ArrayList<>();
    for (Preference preference : demand.preferences()) {
      rank.add(
          switch (preference) {
            case Preference.SpreadOverInstances spread -> groupTasks(instance, group);
            case Preference.SpreadOverAttribute spread -> sharing(instance, spread.name(), group);
            case Preference.BinpackCpu binpack -> cpuLeft(instance);
            case Preference.BinpackMemory binpack -> memoryLeft(instance);
          });
    }
    return rank;
  }

  int cpuLeft(ContainerInstance instance) {
    return instance.cpu() - tasksOn(instance.arn()).values().stream().mapToInt(Task::cpu).sum();
  }

  int memoryLeft(ContainerInstance instance) {
    return instance.memory()
        - tasksOn(instance.arn()).values().stream().mapToInt(Task::memory).sum();
  }

  int groupTasks(ContainerInstance instance, String group) {
    int count = 0;
    for (Task task : tasksOn(instance.arn()).values()) {
      count += !task.stopping() && task.group().equals(group) ? 1 : 0;
    }
    return count;
  }

  /** Tasks of the group on all instances whose value of the attribute is the same. */
  int sharing(ContainerInstance instance, String attribute, String group) {
    String value = instance.attribute(attribute);
    int count = 0;
    for (ContainerInstance other : instances.values()) {
      if (Objects.equals(other.attribute(attribute), value)) {
        count += groupTasks(other, group);
      }
    }
    return count;
  }

  private record Machine(ContainerInstance instance, List<Task> tasks) implements Subject {
    @Override
    public @Nullable String attribute(String name) {
      return instance.attribute(name);
    }

    @Override
    public boolean agentConnected() {
      return instance.agentConnected();
    }

    @Override
    public @Nullable String agentVersion() {
      VersionInfo version = instance.versionInfo();
      return version == null ? null : version.agentVersion();
    }

    @Override
    public @Nullable String ec2InstanceId() {
      return instance.ec2InstanceId();
    }

    @Override
    public Instant registeredAt() {
      return instance.registeredAt();
    }

    @Override
    public int runningTasksCount() {
      return (int) tasks.stream().filter(task -> !task.stopping()).count();
    }

    @Override
    public boolean hasTaskOf(Predicate<String> group) {
      return tasks.stream().anyMatch(task -> !task.stopping() && group.test(task.group()));
    }
  }
}
