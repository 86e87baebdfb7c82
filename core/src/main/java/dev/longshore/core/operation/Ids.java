package dev.longshore.core.operation;

/**
 * New ids, and the only chance that the core may take. Handed in, so that a seed fixes them all.
 */
public interface Ids {
  /** Sixty-four unpredictable bits. */
  long bits();

  /** Thirty-two lower-case hex digits: the ids of tasks and container instances. */
  default String hex32() {
    return hex16(bits()) + hex16(bits());
  }

  /** A version 4 UUID in its usual form. */
  default String uuid() {
    String hex = hex16((bits() & ~0xF000L) | 0x4000L) + hex16((bits() & (~0L >>> 2)) | (1L << 63));
    return hex.substring(0, 8)
        + '-'
        + hex.substring(8, 12)
        + '-'
        + hex.substring(12, 16)
        + '-'
        + hex.substring(16, 20)
        + '-'
        + hex.substring(20);
  }

  /** Nineteen digits, the first of them not zero: the ids of deployments and revisions. */
  default String digits19() {
    long least = 1_000_000_000_000_000_000L;
    return Long.toString(least + (bits() >>> 1) % (Long.MAX_VALUE - least));
  }

  /** A number from 0 to {@code bound} - 1. */
  default int below(int bound) {
    return (int) Math.floorMod(bits() >>> 1, (long) bound);
  }

  /** Ids that follow from a seed (the SplitMix64 sequence): for tests and simulation. */
  static Ids seeded(long seed) {
    return new SeededIds(seed);
  }

  private static String hex16(long bits) {
    String hex = Long.toHexString(bits);
    return "0".repeat(16 - hex.length()) + hex;
  }
}
