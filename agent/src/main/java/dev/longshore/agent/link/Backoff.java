package dev.longshore.agent.link;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Growing waits between attempts. For one thread. */
final class Backoff {
  private final Duration first;
  private final Duration most;
  private final double factor;
  private final double jitter;
  private final RandomGenerator random;
  private double next;

  /**
   * @param jitter the share by which a wait may exceed its plan, 0 to 1
   */
  Backoff(Duration first, Duration most, double factor, double jitter, RandomGenerator random) {
    this.first = first;
    this.most = most;
    this.factor = factor;
    this.jitter = jitter;
    this.random = random;
    next = first.toMillis();
  }

  Duration next() {
    double planned = next;
    next = Math.min(next * factor, (double) most.toMillis());
    return Duration.ofMillis((long) (planned * (1 + jitter * random.nextDouble())));
  }

  void reset() {
    next = first.toMillis();
  }
}
