package dev.longshore.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Everything that is left to chance in one part of a simulation; all of it follows from a seed. */
final class Chance {
  private final SplittableRandom random;

  private Chance(SplittableRandom random) {
    this.random = random;
  }

  static Chance of(long seed) {
    return new Chance(new SplittableRandom(seed));
  }

  /** A stream of its own: what one part draws does not shift what another part draws. */
  Chance fork() {
    return new Chance(random.split());
  }

  boolean in(double probability) {
    return random.nextDouble() < probability;
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** A number between the two, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  /** A probability up to the highest, and with even odds none at all: faults come in mixtures. */
  double upTo(double highest) {
    return random.nextBoolean() ? 0 : random.nextDouble() * highest;
  }

  long bits() {
    return random.nextLong();
  }

  <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  /** That many lower-case hexadecimal digits. */
  String hex(int digits) {
    StringBuilder hex = new StringBuilder(digits);
    for (int at = 0; at < digits; at++) {
      hex.append(Character.forDigit(random.nextInt(16), 16));
    }
    return hex.toString();
  }
}
