package dev.longshore.core.placement;

import java.util.Arrays;

/** Which instance comes after which and before which, for all rankings of one order. */
final class Links {
  static final int NONE = -1;

  int[] next = new int[0];
  int[] previous = new int[0];

  void grow(int capacity) {
    next = Arrays.copyOf(next, capacity);
    previous = Arrays.copyOf(previous, capacity);
  }
}
