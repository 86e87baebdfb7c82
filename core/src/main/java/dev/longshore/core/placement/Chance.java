package dev.longshore.core.placement;

/** Numbers that follow from a seed by hashing a counter (the SplitMix64 sequence). */
final class Chance {
  private long at;

  void seed(long seed) {
    at = seed;
  }

  /** A number from 0 to {@code bound} - 1. */
  int below(int bound) {
    at += 0x9E3779B97F4A7C15L;
    long mixed = (at ^ (at >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return (int) ((((mixed ^ (mixed >>> 31)) >>> 32) * bound) >>> 32);
  }
}
