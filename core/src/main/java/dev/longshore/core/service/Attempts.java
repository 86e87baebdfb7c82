package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.StartHistory;
import dev.longshore.core.model.TaskCounts;
import java.time.Instant;

/**
 * Slows down a deployment whose tasks stop before they ever run. An attempt is all that was started
 * since the last pause: its first failure begins the next, longer pause, its other failures only
 * count. One task that gets to run ends it all.
 */
final class Attempts {
  /** So many failed attempts in a row are worth an event. */
  static final int WORTH_AN_EVENT = 3;

  private Attempts() {}

  /**
   * The deployment with all failures and successes taken account of that its tasks show.
   *
   * @param resets whether a success makes failed tasks forgotten; it ends the delay anyway
   */
  static Deployment accounted(
      Deployment deployment,
      TaskCounts counts,
      Instant now,
      ServiceSettings settings,
      boolean resets) {
    StartHistory seen = deployment.starts();
    int failures = counts.failed() - seen.failed();
    if (failures > 0) {
      return failed(deployment, failures, counts, now, settings);
    }
    boolean troubled = deployment.failedTasks() > 0 || seen.failedAttempts() > 0;
    if (troubled && counts.proven() > seen.proven()) {
      return deployment.withFailures(
          resets ? 0 : deployment.failedTasks(),
          new StartHistory(counts.failed(), resets ? 0 : counts.proven(), 0, null));
    }
    // STOPPED tasks are forgotten after an hour, and with them what was taken account of.
    int proven = Math.min(seen.proven(), counts.proven());
    return deployment.withFailures(
        deployment.failedTasks(),
        new StartHistory(counts.failed(), proven, seen.failedAttempts(), seen.retryAt()));
  }

  private static Deployment failed(
      Deployment deployment,
      int failures,
      TaskCounts counts,
      Instant now,
      ServiceSettings settings) {
    StartHistory seen = deployment.starts();
    int attempts = seen.failedAttempts();
    Instant retryAt = seen.retryAt();
    if (!isPausing(deployment, now)) {
      attempts++;
      retryAt = now.plus(settings.delayAfter(attempts));
    }
    return deployment.withFailures(
        deployment.failedTasks() + failures,
        new StartHistory(counts.failed(), counts.proven(), attempts, retryAt));
  }

  /** The deployment after so many of its tasks were stopped because they were unhealthy. */
  static Deployment unhealthy(Deployment deployment, int tasks, TaskCounts counts) {
    StartHistory seen = deployment.starts();
    return deployment.withFailures(
        deployment.failedTasks() + tasks,
        new StartHistory(seen.failed(), counts.proven(), seen.failedAttempts(), seen.retryAt()));
  }

  static boolean isPausing(Deployment deployment, Instant now) {
    Instant retryAt = deployment.starts().retryAt();
    return retryAt != null && retryAt.isAfter(now);
  }
}
