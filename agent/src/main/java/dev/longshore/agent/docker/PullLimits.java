package dev.longshore.agent.docker;

import java.time.Duration;

/** How long a pull may take in total, and how long it may show no progress. */
public record PullLimits(Duration total, Duration idle) {
  /** The limits Amazon's agent has: two hours, and one minute without progress. */
  public static final PullLimits STANDARD =
      new PullLimits(Duration.ofHours(2), Duration.ofMinutes(1));
}
