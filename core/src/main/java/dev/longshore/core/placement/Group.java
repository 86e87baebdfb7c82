package dev.longshore.core.placement;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The tasks of one group whose desired status is RUNNING, counted by where they are. */
final class Group {
  private static final int[] NONE = new int[0];

  final String name;
  final int number;

  /** How many seats it has: on so many instances. */
  int seats;

  /** By domain, by value of its attribute: how many tasks. */
  private int[][] counts = new int[0][];

  /** Its available instances as a set, while they are many; else null. */
  private @Nullable Bits holders;

  private int available;

  /** By cohort. */
  private @Nullable Crowd[] crowds = new Crowd[0];

  Group(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /** How many tasks stand where the domain's attribute has that value. */
  int count(Domain domain, int value) {
    int[] values = domain.place < counts.length ? counts[domain.place] : NONE;
    return value < values.length ? values[value] : 0;
  }

  void add(Domain domain, int value, int tasks) {
    if (domain.place >= counts.length) {
      int before = counts.length;
      counts = Arrays.copyOf(counts, domain.place + 1);
      Arrays.fill(counts, before, counts.length, NONE);
    }
    int[] values = counts[domain.place];
    if (value >= values.length) {
      values = Arrays.copyOf(values, Math.max(value + 1, values.length * 2));
      counts[domain.place] = values;
    }
    values[value] += tasks;
  }

  /** Forgets all counts by domain. */
  void clearCounts() {
    counts = new int[0][];
  }

  /** The group's instances in a cohort; null where it has none and never had. */
  @Nullable Crowd crowd(Cohort cohort) {
    return cohort.number < crowds.length ? crowds[cohort.number] : null;
  }

  /** Its available instances as a set, while they are many; else null. */
  @Nullable Bits holders() {
    return holders;
  }

  /**
   * An available instance holds so many tasks of the group, and held none before.
   *
   * @param many with so many instances the set is kept
   */
  void join(Cohort cohort, int instance, int count, Seats all, int many) {
    crowd(cohort, all).join(instance, count);
    available++;
    if (holders != null) {
      holders.add(instance);
    } else if (available >= many) {
      holders = new Bits();
      for (Crowd crowd : crowds) {
        for (int place = 0; crowd != null && place < crowd.size(); place++) {
          holders.add(crowd.member(place));
        }
      }
    }
  }

  /** An instance that holds so many tasks of the group holds none any more, or is unavailable. */
  void leave(Cohort cohort, int instance, int count, Seats all, int many) {
    crowd(cohort, all).leave(instance, count);
    available--;
    if (holders != null) {
      holders.remove(instance);
      holders = available < many / 2 ? null : holders;
    }
  }

  Crowd crowd(Cohort cohort, Seats all) {
    if (cohort.number >= crowds.length) {
      crowds = Arrays.copyOf(crowds, Math.max(cohort.number + 1, crowds.length * 2));
    }
    Crowd crowd = crowds[cohort.number];
    if (crowd == null) {
      crowd = new Crowd(number, all);
      crowds[cohort.number] = crowd;
    }
    return crowd;
  }
}
