package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What is left of each instance, by its number. May be negative where instances shrank. */
final class Stock {
  int[] cpu = new int[0];
  int[] memory = new int[0];
  int[] gpus = new int[0];
  int[] interfaces = new int[0];
  final Ports ports = new Ports();

  void grow(int capacity) {
    cpu = Arrays.copyOf(cpu, capacity);
    memory = Arrays.copyOf(memory, capacity);
    gpus = Arrays.copyOf(gpus, capacity);
    interfaces = Arrays.copyOf(interfaces, capacity);
    ports.grow(capacity);
  }

  /** The instance has what its row says, in the place of what another said. */
  void registered(int at, @Nullable ContainerInstance before, @Nullable ContainerInstance after) {
    if (before != null) {
      cpu[at] -= before.cpu();
      memory[at] -= before.memory();
      gpus[at] -= before.gpus().size();
      interfaces[at] -= before.networkInterfaces();
      ports.giveBack(at, Ports.numbers(before.reservedPorts()));
    }
    if (after != null) {
      cpu[at] += after.cpu();
      memory[at] += after.memory();
      gpus[at] += after.gpus().size();
      interfaces[at] += after.networkInterfaces();
      ports.take(at, Ports.numbers(after.reservedPorts()));
    }
  }

  void take(int at, Load load) {
    cpu[at] -= load.cpu();
    memory[at] -= load.memory();
    gpus[at] -= load.gpus();
    interfaces[at] -= load.interfaces();
    ports.take(at, load.ports());
  }

  void giveBack(int at, Load load) {
    cpu[at] += load.cpu();
    memory[at] += load.memory();
    gpus[at] += load.gpus();
    interfaces[at] += load.interfaces();
    ports.giveBack(at, load.ports());
  }

  /** Whether enough is left for a load. */
  boolean holds(int at, Load load) {
    return cpu[at] >= load.cpu() && memory[at] >= load.memory() && holdsRest(at, load);
  }

  /** Whether enough is left for a load, but for CPU and memory. */
  boolean holdsRest(int at, Load load) {
    return gpus[at] >= load.gpus()
        && interfaces[at] >= load.interfaces()
        && (load.ports().length == 0 || ports.areFree(at, load.ports()));
  }

  /** Whether nothing is overdrawn, so that the instance can be ranked. */
  boolean isRanked(int at) {
    return cpu[at] >= 0 && memory[at] >= 0;
  }

  long byMemory(int at) {
    return Ranking.key(memory[at], cpu[at]);
  }

  long byCpu(int at) {
    return Ranking.key(cpu[at], memory[at]);
  }

  /** In which of its cohort's cells the instance stands. */
  int cell(int at) {
    return (gpus[at] > 0 ? Cohort.GPU : 0) | (interfaces[at] > 0 ? Cohort.INTERFACE : 0);
  }
}
