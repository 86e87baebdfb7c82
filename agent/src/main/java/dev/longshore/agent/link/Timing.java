package dev.longshore.agent.link;

import java.time.Duration;

/**
 * How patient the sessions are.
 *
 * @param inactivity a session without a message for this long, and up to as much again, is dropped
 * @param life after this long, and up to {@code lifeJitter} more, the agent reconnects of itself
 * @param tick between two publications of metrics and health
 * @param deregistered the pause after the control plane has called the instance inactive
 */
public record Timing(
    Duration inactivity,
    Duration life,
    Duration lifeJitter,
    Duration tick,
    Duration deregistered,
    Duration firstBackoff,
    Duration mostBackoff) {
  public static final Timing STANDARD =
      new Timing(
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(20),
          Duration.ofHours(1),
          Duration.ofMillis(250),
          Duration.ofMinutes(2));
}
