package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import org.jspecify.annotations.Nullable;

/**
 * What the examination of one instance came to, with what it was held against.
 *
 * @param obstacle the first in its way; null: it can take the task
 * @param cpu CPU units that are left
 * @param memory MiB that are left
 * @param gpus how many are left
 * @param networkInterfaces how many are left
 * @param groupTasks how many tasks of the task's group it holds, with desired status RUNNING
 */
public record Verdict(
    ContainerInstance instance,
    @Nullable Obstacle obstacle,
    int cpu,
    int memory,
    int gpus,
    int networkInterfaces,
    int groupTasks) {
  /** The instance that passed most of the examination first, then by ARN. */
  static int closestFirst(Verdict one, Verdict other) {
    if (one.obstacle == other.obstacle) {
      return one.instance.arn().compareTo(other.instance.arn());
    }
    if (one.obstacle == null) {
      return -1;
    }
    return other.obstacle == null ? 1 : other.obstacle.compareTo(one.obstacle);
  }

  /** How far it came. */
  public Stage stage() {
    return obstacle == null ? Stage.STRATEGIES : obstacle.stage();
  }
}
