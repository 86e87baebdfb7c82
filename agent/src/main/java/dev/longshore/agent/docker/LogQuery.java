package dev.longshore.agent.docker;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a container's log to send.
 *
 * @param follow whether to go on until the container stops
 * @param since null for the log's beginning
 * @param last at most this many lines from before now; negative for all
 */
public record LogQuery(boolean follow, @Nullable Instant since, int last, boolean timestamps) {
  /** All there is up to now. */
  public static LogQuery all() {
    return new LogQuery(false, null, -1, false);
  }

  /** All there is, and what comes, until the container stops. */
  public static LogQuery following() {
    return new LogQuery(true, null, -1, false);
  }
}
