package dev.longshore.bench.placement;

import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * How many hosts any method needs at least, by CPU and memory: the linear relaxation, in which
 * parts of hosts may be used and tasks be cut. Its dual is searched: any prices of CPU and memory
 * give a bound, {@code all demand at these prices - what each host is worth beyond 1}, and the best
 * prices give the relaxation's value. The bound is concave in the prices.
 */
final class Bound {
  private static final int STEPS = 60;

  private final Packing packing;
  private final double cpu;
  private final double memory;

  private Bound(Packing packing) {
    this.packing = packing;
    List<Packing.Item> items = packing.items().stream().filter(this::fitsSomewhere).toList();
    cpu = items.stream().mapToLong(Packing.Item::cpu).sum();
    memory = items.stream().mapToLong(Packing.Item::memory).sum();
  }

  static double of(Packing packing) {
    Bound bound = new Bound(packing);
    // At higher prices even the smallest host would be worth more than 1 by one resource alone.
    double mostPerCpu = 1.0 / packing.hosts().stream().mapToInt(Host::cpu).min().orElse(1);
    double mostPerMemory = 1.0 / packing.hosts().stream().mapToInt(Host::memory).min().orElse(1);
    return highest(cpu -> highest(memory -> bound.at(cpu, memory), mostPerMemory), mostPerCpu);
  }

  /** No method places what is larger than every host; so the bound must not count it. */
  private boolean fitsSomewhere(Packing.Item item) {
    return packing.hosts().stream()
        .anyMatch(host -> host.cpu() >= item.cpu() && host.memory() >= item.memory());
  }

  private double at(double cpuPrice, double memoryPrice) {
    double value = cpu * cpuPrice + memory * memoryPrice;
    for (Host host : packing.hosts()) {
      value -= Math.max(0, host.cpu() * cpuPrice + host.memory() * memoryPrice - 1);
    }
    return value;
  }

  /** The highest value of a concave function from 0 to a limit, by cutting off thirds. */
  private static double highest(DoubleUnaryOperator function, double limit) {
    double low = 0;
    double high = limit;
    for (int at = 0; at < STEPS; at++) {
      double third = (high - low) / 3;
      if (function.applyAsDouble(low + third) < function.applyAsDouble(high - third)) {
        low += third;
      } else {
        high -= third;
      }
    }
    return function.applyAsDouble((low + high) / 2);
  }
}
