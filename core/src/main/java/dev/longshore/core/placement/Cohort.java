package dev.longshore.core.placement;

import java.util.Arrays;
import java.util.List;

/**
 * Available instances that no {@link Feature} tells apart: the same demands may go there, and they
 * share their values of all attributes that are spread over.
 */
final class Cohort {
  /** Set in the number of a {@link Cell} whose instances have a GPU left. */
  static final int GPU = 1;

  /** Set in the number of a {@link Cell} whose instances have a network interface left. */
  static final int INTERFACE = 2;

  final int number;
  final Bits bits = new Bits();
  int[] members = new int[4];
  int size;

  /** By feature. */
  private List<Integer> labels;

  private final Cell[] cells = new Cell[4];

  Cohort(int number, List<Integer> labels, Links byMemory, Links byCpu) {
    this.number = number;
    this.labels = labels;
    Arrays.setAll(cells, at -> new Cell(new Ranking(byMemory), new Ranking(byCpu)));
  }

  /**
   * The instances of a cohort that have a GPU left or none, and a network interface or none; so
   * that those in want of one are not looked at one after the other.
   *
   * @param byMemory by memory, then CPU
   * @param byCpu by CPU, then memory; empty as long as nobody asks for it
   */
  record Cell(Ranking byMemory, Ranking byCpu) {}

  Cell cell(int at) {
    return cells[at];
  }

  List<Integer> labels() {
    return labels;
  }

  void labels(List<Integer> value) {
    labels = value;
  }

  /** Takes in an instance; returns its place. */
  int add(int instance) {
    if (size == members.length) {
      members = Arrays.copyOf(members, size * 2);
    }
    members[size] = instance;
    bits.add(instance);
    return size++;
  }

  /** Lets go of the instance at a place, which the last one takes; returns that one. */
  int remove(int place) {
    bits.remove(members[place]);
    int last = members[--size];
    members[place] = last;
    return last;
  }
}
