package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import java.util.Comparator;

/** A container instance that was examined and cannot take the task. */
public record Refusal(ContainerInstance instance, Obstacle obstacle) {
  /** The instance that passed most of the examination first, then by ARN. */
  static final Comparator<Refusal> CLOSEST_FIRST =
      Comparator.comparing(Refusal::obstacle)
          .reversed()
          .thenComparing(refusal -> refusal.instance().arn());
}
