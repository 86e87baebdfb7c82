package dev.longshore.core.service;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells which tasks count as healthy: with a health check those that passed it, without one those
 * that have been RUNNING for a while. Remembers when the next one may have been running long
 * enough.
 */
final class Health {
  private final Instant now;
  private final Duration settling;
  private final Duration grace;
  private @Nullable Instant changesAt;

  /**
   * Health as of now.
   *
   * @param settling how long a task without check must have been RUNNING
   * @param grace how long after its start a task's failed checks are overlooked
   */
  Health(Instant now, Duration settling, Duration grace) {
    this.now = now;
    this.settling = settling;
    this.grace = grace;
  }

  /** The wanted tasks of a deployment; walks only those that are unhealthy. */
  Crew of(View view, String deploymentId, TaskCounts counts) {
    int settled = counts.unchecked() == 0 ? 0 : counts.unchecked() - unsettled(view, deploymentId);
    return new Crew(
        counts.wanted(),
        counts.starting(),
        counts.healthy() + settled,
        unhealthy(view, deploymentId));
  }

  /** One wanted task. */
  Crew of(Task task) {
    return new Crew(1, one(isStarting(task)), one(isHealthy(task)), one(isUnhealthy(task)));
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }

  /** The time at which a task may come to count as healthy or unhealthy; null: never. */
  @Nullable Instant changesAt() {
    return changesAt;
  }

  static boolean isStarting(Task task) {
    return TaskStatus.RUNNING.isAfter(task.lastStatus());
  }

  boolean isHealthy(Task task) {
    if (task.lastStatus() != TaskStatus.RUNNING) {
      return false;
    }
    if (task.isChecked()) {
      return task.isFoundHealthy();
    }
    Instant startedAt = task.timeline().startedAt();
    return startedAt == null || startedAt.getEpochSecond() < firstUnsettledSecond();
  }

  boolean isUnhealthy(Task task) {
    if (task.lastStatus() != TaskStatus.RUNNING || !task.isFoundUnhealthy()) {
      return false;
    }
    Instant startedAt = task.timeline().startedAt();
    Instant end = startedAt == null ? now : startedAt.plus(grace);
    if (end.isAfter(now)) {
      changesAt(end);
      return false;
    }
    return true;
  }

  private int unhealthy(View view, String deploymentId) {
    int count = view.count(Task.UNHEALTHY_OF_DEPLOYMENT, deploymentId);
    if (count == 0 || grace.isZero()) {
      return count;
    }
    int past = 0;
    for (Task task : view.by(Task.UNHEALTHY_OF_DEPLOYMENT, deploymentId)) {
      past += one(isUnhealthy(task));
    }
    return past;
  }

  private int unsettled(View view, String deploymentId) {
    int count = 0;
    if (settling.isZero()) {
      return count;
    }
    for (long second = firstUnsettledSecond(); second <= now.getEpochSecond(); second++) {
      int started = view.total(Task.STARTED, Task.startedIn(deploymentId, second));
      if (started > 0 && count == 0) {
        changesAt(Instant.ofEpochSecond(second + 1).plus(settling));
      }
      count += started;
    }
    return count;
  }

  /** Tasks are counted by the second of their start, so a second settles as one: at its end. */
  private long firstUnsettledSecond() {
    return settling.isZero() ? Long.MAX_VALUE : now.minus(settling).getEpochSecond();
  }

  private void changesAt(Instant time) {
    if (changesAt == null || time.isBefore(changesAt)) {
      changesAt = time;
    }
  }
}
