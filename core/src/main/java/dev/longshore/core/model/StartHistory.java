package dev.longshore.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a deployment's tasks fared at starting, as far as it was taken account of: what slows down
 * the replacement of tasks that never start.
 *
 * @param failed the deployment's {@link TaskCounts#failed} that were taken account of
 * @param proven its {@link TaskCounts#proven} when the last failure was
 * @param failedAttempts attempts in a row, each with all the tasks that were missing then, of which
 *     a task failed
 * @param retryAt before this time no task is started; null: at once
 */
public record StartHistory(int failed, int proven, int failedAttempts, @Nullable Instant retryAt) {
  /** Nothing failed yet. */
  public static final StartHistory NONE = new StartHistory(0, 0, 0, null);
}
