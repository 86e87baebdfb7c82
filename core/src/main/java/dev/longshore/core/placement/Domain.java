package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of an attribute that tasks are spread over, numbered. */
final class Domain implements Feature {
  /** An attribute with more values than that does not split cohorts: they would be too many. */
  static final int FEW = 64;

  /** The number of no value: the instance is not registered. */
  static final int NOWHERE = -1;

  /** No attribute has this value: a blank at its start is refused. */
  private static final String WITHOUT = " ";

  final String attribute;
  final int place;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private int[] values = new int[0];
  private boolean wide;
  private long usedAt;

  Domain(String attribute, int place) {
    this.attribute = attribute;
    this.place = place;
  }

  /** Whether it has too many values to split cohorts. */
  boolean isWide() {
    return wide;
  }

  /** Whether it has come to have too many values since it was last numbered. */
  boolean isOutgrown(int instances) {
    return (!wide && numbers.size() > FEW) || numbers.size() > FEW + 2 * instances;
  }

  /** How many values were numbered. */
  int size() {
    return numbers.size();
  }

  /** The number of the instance's value. Instances without the attribute share one. */
  int value(int instance) {
    return values[instance];
  }

  @Override
  public int label(int instance) {
    return wide ? 0 : values[instance];
  }

  @Override
  public long usedAt() {
    return usedAt;
  }

  void used(long now) {
    usedAt = now;
  }

  void grow(int capacity) {
    int before = values.length;
    values = Arrays.copyOf(values, capacity);
    Arrays.fill(values, before, capacity, NOWHERE);
  }

  /** Reads an instance's value. */
  void read(int instance, @Nullable ContainerInstance row) {
    if (row == null) {
      values[instance] = NOWHERE;
      return;
    }
    String value = row.attribute(attribute);
    String given = value == null ? WITHOUT : value;
    Integer number = numbers.get(given);
    if (number == null) {
      number = numbers.size();
      numbers.put(given, number);
    }
    values[instance] = number;
  }

  /** Numbers all values anew. */
  void readAll(@Nullable ContainerInstance[] rows) {
    numbers.clear();
    for (int at = 0; at < rows.length; at++) {
      read(at, rows[at]);
    }
    wide = numbers.size() > FEW;
  }
}
