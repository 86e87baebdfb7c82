package dev.longshore.agent.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent remembers beside its tasks.
 *
 * @param arrivals tasks taken so far
 * @param manifestWatermark manifests must carry a higher timeline to be heard
 * @param manifest the message id a stop verification must answer; null when none is open
 * @param answers reports on tasks the agent does not hold, not acknowledged yet
 */
public record InstanceRow(
    long arrivals, long manifestWatermark, @Nullable String manifest, List<TaskReport> answers) {

  public static InstanceRow fresh() {
    return new InstanceRow(0, 0, null, List.of());
  }

  InstanceRow withArrivals(long now) {
    return new InstanceRow(now, manifestWatermark, manifest, answers);
  }

  InstanceRow withWatermark(long now) {
    return new InstanceRow(arrivals, Math.max(manifestWatermark, now), manifest, answers);
  }

  InstanceRow withManifest(@Nullable String now) {
    return new InstanceRow(arrivals, manifestWatermark, now, answers);
  }

  InstanceRow withAnswers(List<TaskReport> now) {
    return new InstanceRow(arrivals, manifestWatermark, manifest, List.copyOf(now));
  }
}
