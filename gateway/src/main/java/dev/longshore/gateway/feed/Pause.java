package dev.longshore.gateway.feed;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing waits between attempts, up to half of each by chance. For one thread. */
final class Pause {
  private static final long FIRST_MILLIS = 100;
  private static final long MOST_MILLIS = 5_000;

  private final RandomGenerator random;
  private long next = FIRST_MILLIS;

  Pause(RandomGenerator random) {
    this.random = random;
  }

  Duration next() {
    long planned = next;
    next = Math.min(next * 2, MOST_MILLIS);
    return Duration.ofMillis(planned / 2 + random.nextLong(planned / 2 + 1));
  }

  void reset() {
    next = FIRST_MILLIS;
  }
}
