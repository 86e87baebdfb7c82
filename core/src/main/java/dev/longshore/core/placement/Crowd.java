package dev.longshore.core.placement;

import java.util.Arrays;

/**
 * The instances of one cohort that hold tasks of one group, sorted by how many they hold. A task
 * more or less moves an instance over the border between two counts: one exchange of two places.
 */
final class Crowd {
  private final int group;
  private final Seats seats;
  private int[] members = new int[4];
  private int size;

  /** By count: where the instances that hold so many begin. Those of {@code top} are the last. */
  private int[] starts = new int[4];

  private int top = 1;

  Crowd(int group, Seats seats) {
    this.group = group;
    this.seats = seats;
  }

  int size() {
    return size;
  }

  /** Where the instances begin that hold so many tasks or more; at least one. */
  int start(int count) {
    return count > top ? size : starts[count];
  }

  int member(int place) {
    return members[place];
  }

  /** The next larger number of tasks that some instance holds; 0 for none. */
  int countAfter(int count) {
    for (int next = count + 1; next <= top; next++) {
      if (start(next) < start(next + 1)) {
        return next;
      }
    }
    return 0;
  }

  /** Takes in an instance that holds so many tasks. */
  void join(int instance, int count) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
    int at = size++;
    members[at] = instance;
    for (int each = top; each > 1; each--) {
      int first = starts[each];
      fill(at, first);
      starts[each]++;
      at = first;
    }
    put(at, instance);
    for (int held = 1; held < count; held++) {
      raise(instance, held);
    }
  }

  /** Lets go of an instance that holds so many tasks. */
  void leave(int instance, int count) {
    for (int held = count; held > 1; held--) {
      lower(instance, held);
    }
    int at = place(instance);
    for (int each = 1; each <= top; each++) {
      int last = start(each + 1) - 1;
      fill(at, last);
      at = last;
      if (each < top) {
        starts[each + 1]--;
      }
    }
    size--;
    shrink();
  }

  /** The instance holds one task more than that count, which is at least one. */
  void raise(int instance, int count) {
    if (count == top) {
      top++;
      if (top == starts.length) {
        starts = Arrays.copyOf(starts, top * 2);
      }
      starts[top] = size;
    }
    int last = start(count + 1) - 1;
    exchange(instance, last);
    starts[count + 1] = last;
  }

  /** The instance holds one task less than that count, which is more than one. */
  void lower(int instance, int count) {
    exchange(instance, starts[count]);
    starts[count]++;
    shrink();
  }

  private void shrink() {
    while (top > 1 && starts[top] == size) {
      top--;
    }
  }

  private void exchange(int instance, int place) {
    put(place(instance), members[place]);
    put(place, instance);
  }

  private int place(int instance) {
    return seats.place(instance, seats.find(instance, group));
  }

  /** Moves the member of one place to a gap; where a count has no members, they are the same. */
  private void fill(int gap, int place) {
    if (gap != place) {
      put(gap, members[place]);
    }
  }

  private void put(int place, int instance) {
    members[place] = instance;
    seats.place(instance, seats.find(instance, group), place);
  }
}
