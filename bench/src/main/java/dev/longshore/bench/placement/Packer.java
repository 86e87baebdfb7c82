package dev.longshore.bench.placement;

import java.util.Arrays;

/** A way to choose a host for one task after another. */
interface Packer {
  /** The host for the next task, which it takes; -1: it fits nowhere. */
  int host(Packing.Item item);

  /** What is left of hosts, for the textbook methods. */
  final class Left {
    final int[] cpu;
    final int[] memory;
    final int[] gpus;

    Left(Packing packing) {
      cpu = packing.hosts().stream().mapToInt(Host::cpu).toArray();
      memory = packing.hosts().stream().mapToInt(Host::memory).toArray();
      gpus = packing.hosts().stream().mapToInt(Host::gpus).toArray();
    }

    boolean fits(int host, Packing.Item item) {
      return cpu[host] >= item.cpu() && memory[host] >= item.memory() && gpus[host] >= item.gpus();
    }

    void take(int host, Packing.Item item) {
      cpu[host] -= item.cpu();
      memory[host] -= item.memory();
      gpus[host] -= item.gpus();
    }
  }

  /** The first host, in the order of the list, on which it fits. */
  static Packer firstFit(Packing packing) {
    Left left = new Left(packing);
    return item -> {
      for (int host = 0; host < left.cpu.length; host++) {
        if (left.fits(host, item)) {
          left.take(host, item);
          return host;
        }
      }
      return -1;
    };
  }

  /**
   * The host on which the least is left behind, CPU and memory counting as parts of the largest
   * host's.
   */
  static Packer bestFit(Packing packing) {
    Left left = new Left(packing);
    double mostCpu = Arrays.stream(left.cpu).max().orElse(1);
    double mostMemory = Arrays.stream(left.memory).max().orElse(1);
    return item -> {
      int best = -1;
      double least = Double.MAX_VALUE;
      for (int host = 0; host < left.cpu.length; host++) {
        double rest = left.cpu[host] / mostCpu + left.memory[host] / mostMemory;
        if (rest < least && left.fits(host, item)) {
          least = rest;
          best = host;
        }
      }
      if (best >= 0) {
        left.take(best, item);
      }
      return best;
    };
  }
}
