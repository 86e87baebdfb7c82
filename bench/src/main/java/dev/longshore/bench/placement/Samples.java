package dev.longshore.bench.placement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The figures of the repetitions of one measurement. */
final class Samples {
  private final List<Double> sorted = new ArrayList<>();

  void add(double sample) {
    sorted.add(sample);
    Collections.sort(sorted);
  }

  boolean isEmpty() {
    return sorted.isEmpty();
  }

  double least() {
    return sorted.getFirst();
  }

  double most() {
    return sorted.getLast();
  }

  double median() {
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
