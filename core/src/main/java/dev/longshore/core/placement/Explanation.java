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
 * @param verdicts of every registered instance, those that came furthest first
 */
public record Explanation(Demand demand, String group, List<Verdict> verdicts) {
  /** How many instances got as far as each stage and no further; of every stage. */
  public Map<Stage, Integer> stages() {
    Map<Stage, Integer> counts = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      counts.put(stage, 0);
    }
    verdicts.forEach(verdict -> counts.merge(verdict.stage(), 1, Integer::sum));
    return counts;
  }

  /** How many instances have each obstacle; of those that some instance has. */
  public Map<Obstacle, Integer> obstacles() {
    Map<Obstacle, Integer> counts = new EnumMap<>(Obstacle.class);
    for (Verdict verdict : verdicts) {
      if (verdict.obstacle() != null) {
        counts.merge(verdict.obstacle(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** The instance that can take the task, or came closest to it; null where there is none. */
  public @Nullable Verdict closest() {
    return verdicts.isEmpty() ? null : verdicts.getFirst();
  }
}
