package dev.longshore.core.placement;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a task can or cannot be placed, instance by instance.
 *
 * @param demand what was asked for
 * @param group whose tasks are spread or kept apart
 * @param able how many instances can take the task
 * @param obstacles how many instances have each obstacle as the first in their way; of those that
 *     some instance has
 * @param verdicts of the registered instances that came furthest, the best ranked first; no more
 *     than were asked for
 */
public record Explanation(
    Demand demand,
    String group,
    int able,
    Map<Obstacle, Integer> obstacles,
    List<Verdict> verdicts) {
  /** How many instances are registered. */
  public int registered() {
    return able + obstacles.values().stream().mapToInt(count -> count).sum();
  }

  /** How many instances got as far as each stage and no further; of every stage. */
  public Map<Stage, Integer> stages() {
    Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      counts.put(stage, 0);
    }
    counts.put(Stage.STRATEGIES, able);
    obstacles.forEach((obstacle, count) -> counts.merge(obstacle.stage(), count, Integer::sum));
    return counts;
  }

  /** The instance that can take the task, or came closest to it; null where there is none. */
  public @Nullable Verdict closest() {
    return verdicts.isEmpty() ? null : verdicts.getFirst();
  }
}
