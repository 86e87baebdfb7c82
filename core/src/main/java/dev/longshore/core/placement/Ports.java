package dev.longshore.core.placement;

import dev.longshore.core.model.HostPort;
import java.util.Arrays;
import java.util.List;

/**
 * The host ports that are taken of each instance: reserved ones and those of tasks. Sorted; one
 * that is taken twice, because a task had it before it was reserved, stands there twice.
 */
final class Ports {
  private static final int[] NONE = new int[0];
  private static final int UDP = 1 << 16;

  /** As many as may be reserved of an instance at a time, the agent's own among them. */
  static final int MOST = 100;

  private int[][] taken = new int[0][];
  private int[] sizes = new int[0];

  /** Ports as numbers that tell protocols apart. */
  static int[] numbers(List<HostPort> ports) {
    if (ports.isEmpty()) {
      return NONE;
    }
    int[] numbers = new int[ports.size()];
    for (int at = 0; at < numbers.length; at++) {
      HostPort port = ports.get(at);
      numbers[at] = port.port() | (port.protocol().equals("udp") ? UDP : 0);
    }
    return numbers;
  }

  void grow(int capacity) {
    int before = taken.length;
    taken = Arrays.copyOf(taken, capacity);
    sizes = Arrays.copyOf(sizes, capacity);
    Arrays.fill(taken, before, capacity, NONE);
  }

  /** Whether a task with those ports may come to the instance. */
  boolean areFree(int instance, int[] ports) {
    if (ports.length > 0 && sizes[instance] + ports.length > MOST) {
      return false;
    }
    for (int port : ports) {
      if (find(instance, port) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the instance has that port taken. */
  boolean isTaken(int instance, HostPort port) {
    return find(instance, numbers(List.of(port))[0]) >= 0;
  }

  void take(int instance, int[] ports) {
    for (int port : ports) {
      int found = find(instance, port);
      int at = found >= 0 ? found : -found - 1;
      int size = sizes[instance]++;
      if (size == taken[instance].length) {
        taken[instance] = Arrays.copyOf(taken[instance], Math.max(8, size * 2));
      }
      System.arraycopy(taken[instance], at, taken[instance], at + 1, size - at);
      taken[instance][at] = port;
    }
  }

  void giveBack(int instance, int[] ports) {
    for (int port : ports) {
      int at = find(instance, port);
      int size = --sizes[instance];
      System.arraycopy(taken[instance], at + 1, taken[instance], at, size - at);
    }
  }

  private int find(int instance, int port) {
    return Arrays.binarySearch(taken[instance], 0, sizes[instance], port);
  }
}
