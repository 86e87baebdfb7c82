package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the examination of one instance came to, with what it was held against.
 *
 * @param hindrances all that is in its way, in the order of examination; none: it can take the task
 * @param cpu CPU units that are left
 * @param memory MiB that are left
 * @param gpus how many are left
 * @param networkInterfaces how many are left
 * @param groupTasks how many tasks of the task's group it holds, with desired status RUNNING
 * @param ranks what each of the demand's preferences ranks it by, in their order; the lower the
 *     better
 */
public record Verdict(
    ContainerInstance instance,
    List<Hindrance> hindrances,
    int cpu,
    int memory,
    int gpus,
    int networkInterfaces,
    int groupTasks,
    List<Integer> ranks) {
  /** The first thing in its way; null: it can take the task. */
  public @Nullable Obstacle obstacle() {
    return hindrances.isEmpty() ? null : hindrances.getFirst().obstacle();
  }

  /** How far it came. */
  public Stage stage() {
    Obstacle obstacle = obstacle();
    return obstacle == null ? Stage.STRATEGIES : obstacle.stage();
  }
}
