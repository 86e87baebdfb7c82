package dev.longshore.gateway.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of times from a microsecond to a minute, whose buckets are at most an eighth of their
 * value wide.
 */
public final class Latencies {
  private static final int STEPS = 8;
  private static final int STEP_BITS = 3;
  private static final int POWERS = 27;

  private final AtomicLongArray buckets = new AtomicLongArray((POWERS + 1) * STEPS);
  private final LongAdder totalNanos = new LongAdder();

  /** Adds one time. */
  public void add(long nanos) {
    totalNanos.add(nanos);
    buckets.getAndIncrement(bucket(TimeUnit.NANOSECONDS.toMicros(nanos)));
  }

  private static int bucket(long micros) {
    if (micros < STEPS) {
      return (int) Math.max(0, micros);
    }
    int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(micros);
    int step = (int) (micros >>> (power - STEP_BITS)) & (STEPS - 1);
    return Math.min((power - STEP_BITS + 1) * STEPS + step, (POWERS + 1) * STEPS - 1);
  }

  /** Microseconds below which the times of a bucket and all before it lie. */
  private static long bound(int bucket) {
    if (bucket < STEPS) {
      return bucket + 1L;
    }
    int power = bucket / STEPS - 1 + STEP_BITS;
    int step = bucket % STEPS;
    return (1L << power) + ((step + 1L) << (power - STEP_BITS));
  }

  /** How many times were added. */
  public long count() {
    long count = 0;
    for (int i = 0; i < buckets.length(); i++) {
      count += buckets.get(i);
    }
    return count;
  }

  /** How many times there are of each bucket that has any, by its bound in microseconds. */
  Map<Long, Long> byBound() {
    Map<Long, Long> all = new TreeMap<>();
    for (int i = 0; i < buckets.length(); i++) {
      long count = buckets.get(i);
      if (count > 0) {
        all.put(bound(i), count);
      }
    }
    return all;
  }

  /** The sum of all times. */
  public long totalNanos() {
    return totalNanos.sum();
  }

  /** How many times are not longer than this, to within the width of a bucket. */
  public long atMost(long micros) {
    long count = 0;
    for (int i = 0; i < buckets.length() && bound(i) - 1 <= micros; i++) {
      count += buckets.get(i);
    }
    return count;
  }

  /**
   * The time, in microseconds, that this share of all does not exceed; 0 where there is none.
   *
   * @param share from 0 to 1
   */
  public long percentile(double share) {
    long wanted = (long) Math.ceil(count() * share);
    long seen = 0;
    for (int i = 0; i < buckets.length(); i++) {
      seen += buckets.get(i);
      if (seen >= wanted && seen > 0) {
        return bound(i);
      }
    }
    return 0;
  }
}
