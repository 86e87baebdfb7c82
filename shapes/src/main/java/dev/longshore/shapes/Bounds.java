package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/** Inclusive bounds of a length or of a number; null means unbounded. */
public record Bounds(@Nullable Long min, @Nullable Long max) {
  public static final Bounds NONE = new Bounds(null, null);

  public static Bounds atLeast(long min) {
    return new Bounds(min, null);
  }

  public static Bounds atMost(long max) {
    return new Bounds(null, max);
  }

  public static Bounds between(long min, long max) {
    return new Bounds(min, max);
  }
}
