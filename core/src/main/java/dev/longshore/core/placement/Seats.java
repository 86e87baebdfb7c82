package dev.longshore.core.placement;

import java.util.Arrays;

/**
 * Which groups have tasks on an instance, how many, and where the instance stands in the group's
 * {@link Crowd}. By instance one array, in thirds: groups, counts, places.
 */
final class Seats {
  private static final int FIRST = 4;
  private static final int[] EMPTY = new int[0];

  private int[][] seats = new int[0][];
  private int[] sizes = new int[0];

  void grow(int capacity) {
    int before = seats.length;
    seats = Arrays.copyOf(seats, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    Arrays.fill(seats, before, capacity, EMPTY);
  }

  /** How many groups have tasks on the instance. */
  int size(int instance) {
    return sizes[instance];
  }

  /** The group in a seat; seats are counted from 0. */
  int group(int instance, int seat) {
    return seats[instance][seat];
  }

  /** How many tasks of the group in a seat the instance holds. */
  int count(int instance, int seat) {
    int[] all = seats[instance];
    return all[all.length / 3 + seat];
  }

  int place(int instance, int seat) {
    int[] all = seats[instance];
    return all[all.length / 3 * 2 + seat];
  }

  /** The group's seat, or -1. */
  int find(int instance, int group) {
    int[] all = seats[instance];
    for (int seat = sizes[instance] - 1; seat >= 0; seat--) {
      if (all[seat] == group) {
        return seat;
      }
    }
    return -1;
  }

  /** How many tasks of the group the instance holds. */
  int tasks(int instance, int group) {
    int seat = find(instance, group);
    return seat < 0 ? 0 : count(instance, seat);
  }

  /** Opens a seat for a group that has none, with no tasks. */
  int open(int instance, int group) {
    int seat = sizes[instance]++;
    if (seat == seats[instance].length / 3) {
      seats[instance] = widened(seats[instance]);
    }
    int[] all = seats[instance];
    all[seat] = group;
    all[all.length / 3 + seat] = 0;
    return seat;
  }

  private static int[] widened(int[] all) {
    int width = all.length / 3;
    int wider = Math.max(FIRST, width * 2);
    int[] copy = new int[wider * 3];
    for (int third = 0; third < 3; third++) {
      System.arraycopy(all, third * width, copy, third * wider, width);
    }
    return copy;
  }

  /** Takes away a seat; the last one takes its number. */
  void close(int instance, int seat) {
    int last = --sizes[instance];
    int[] all = seats[instance];
    int width = all.length / 3;
    for (int third = 0; third < 3; third++) {
      all[third * width + seat] = all[third * width + last];
    }
  }

  void count(int instance, int seat, int count) {
    int[] all = seats[instance];
    all[all.length / 3 + seat] = count;
  }

  void place(int instance, int seat, int place) {
    int[] all = seats[instance];
    all[all.length / 3 * 2 + seat] = place;
  }
}
