package dev.longshore.agent.metadata;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each key. At most {@link #KEYS} keys are remembered, those used last: a client
 * that spreads its requests over more paths than that is not limited by path, but costs no memory.
 * One thread uses it.
 */
final class RateLimit {
  static final int KEYS = 10_000;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final double burst;
  private final Map<String, Bucket> buckets =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > KEYS;
        }
      };

  private record Bucket(double tokens, long filledAt) {}

  RateLimit(double perSecond, double burst) {
    this.perSecond = perSecond;
    this.burst = burst;
  }

  /** Takes a token of the key's bucket, if there is one at this time of the nano clock. */
  boolean admits(String key, long now) {
    var bucket = buckets.getOrDefault(key, new Bucket(burst, now));
    var tokens = Math.min(burst, bucket.tokens + (now - bucket.filledAt) / NANOS * perSecond);
    var admitted = tokens >= 1;
    buckets.put(key, new Bucket(admitted ? tokens - 1 : tokens, now));
    return admitted;
  }
}
