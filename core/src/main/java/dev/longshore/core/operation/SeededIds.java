package dev.longshore.core.operation;

/** The SplitMix64 sequence of a seed. One thread only. */
final class SeededIds implements Ids {
  private long at;

  SeededIds(long seed) {
    at = seed;
  }

  @Override
  public long bits() {
    at += 0x9E3779B97F4A7C15L;
    long mixed = (at ^ (at >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
