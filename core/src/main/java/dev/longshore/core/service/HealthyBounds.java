package dev.longshore.core.service;

/**
 * What a deployment must keep between.
 *
 * @param desired tasks wanted
 * @param least no fewer healthy tasks than that
 * @param most no more live tasks than that
 */
record HealthyBounds(int desired, int least, int most) {
  /** The percentages of a service: the minimum is rounded up, the maximum down. */
  static HealthyBounds of(int desired, int minimumHealthyPercent, int maximumPercent) {
    long least = ((long) desired * minimumHealthyPercent + 99) / 100;
    long most = (long) desired * maximumPercent / 100;
    return new HealthyBounds(desired, (int) least, (int) Math.min(most, Integer.MAX_VALUE));
  }
}
