package dev.longshore.core.service;

import java.time.Duration;

/**
 * How patient services are, and what there is beside them.
 *
 * @param settling how long a task without health check must have been RUNNING to count as healthy,
 *     to the second; up to ten minutes
 * @param firstDelay the delay after the first attempt at starting tasks that failed; doubles with
 *     each further one
 * @param longestDelay where the doubling ends
 * @param functions whether there is somebody who runs functions that deployments may ask
 */
public record ServiceSettings(
    Duration settling, Duration firstDelay, Duration longestDelay, boolean functions) {
  private static final Duration LONGEST_SETTLING = Duration.ofMinutes(10);

  /** As ECS does it. */
  public static final ServiceSettings USUAL =
      new ServiceSettings(
          Duration.ofSeconds(40), Duration.ofSeconds(1), Duration.ofMinutes(27), false);

  /** Refuses settings that make no sense. */
  public ServiceSettings {
    if (settling.isNegative() || settling.compareTo(LONGEST_SETTLING) > 0) {
      throw new IllegalArgumentException("settling must be between 0 and 10 minutes: " + settling);
    }
    if (firstDelay.isNegative() || longestDelay.compareTo(firstDelay) < 0) {
      throw new IllegalArgumentException(
          "Delays must grow from 0 or more: " + firstDelay + " to " + longestDelay);
    }
  }

  /** These settings with another time of settling. */
  public ServiceSettings withSettling(Duration value) {
    return new ServiceSettings(value, firstDelay, longestDelay, functions);
  }

  /** These settings where somebody runs functions, or nobody does. */
  public ServiceSettings withFunctions(boolean value) {
    return new ServiceSettings(settling, firstDelay, longestDelay, value);
  }

  /** How long to wait after that many failed attempts in a row, at least 1. */
  Duration delayAfter(int failedAttempts) {
    Duration delay = firstDelay;
    for (int at = 1; at < failedAttempts && delay.compareTo(longestDelay) < 0; at++) {
      if (delay.isZero()) {
        return delay;
      }
      delay = delay.multipliedBy(2);
    }
    return delay.compareTo(longestDelay) > 0 ? longestDelay : delay;
  }
}
