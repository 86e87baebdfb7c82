package dev.longshore.core.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What tasks use of one container instance, from placement until they are STOPPED.
 *
 * @param cpu CPU units
 * @param memory MiB
 * @param ports static host ports, sorted; a port stands here once per task that holds it
 * @param gpus ids, sorted
 * @param networkInterfaces tasks with an ENI of their own
 * @param running tasks with desired status RUNNING
 * @param pending tasks with last status PENDING
 */
public record InstanceUsage(
    int cpu,
    int memory,
    List<HostPort> ports,
    List<String> gpus,
    int networkInterfaces,
    int running,
    int pending) {
  /** An instance without tasks. */
  public static final InstanceUsage NONE = new InstanceUsage(0, 0, List.of(), List.of(), 0, 0, 0);

  /** Both together. */
  public InstanceUsage plus(InstanceUsage more) {
    return new InstanceUsage(
        cpu + more.cpu,
        memory + more.memory,
        joined(ports, more.ports),
        joined(gpus, more.gpus),
        networkInterfaces + more.networkInterfaces,
        running + more.running,
        pending + more.pending);
  }

  InstanceUsage minus(InstanceUsage less) {
    return new InstanceUsage(
        cpu - less.cpu,
        memory - less.memory,
        without(ports, less.ports),
        without(gpus, less.gpus),
        networkInterfaces - less.networkInterfaces,
        running - less.running,
        pending - less.pending);
  }

  private static <T extends Comparable<T>> List<T> joined(List<T> some, List<T> more) {
    if (more.isEmpty()) {
      return some;
    }
    List<T> all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(null);
    return List.copyOf(all);
  }

  private static <T> List<T> without(List<T> all, List<T> less) {
    if (less.isEmpty()) {
      return all;
    }
    List<T> rest = new ArrayList<>(all);
    less.forEach(rest::remove);
    return List.copyOf(rest);
  }
}
