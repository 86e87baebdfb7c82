package dev.longshore.bench.placement;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * What stands where, kept beside a scheduler and apart from it: so that its answers can be checked
 * and a task can be drawn to be stopped.
 */
final class Books {
  private final Workload workload;
  private final int[] cpu;
  private final int[] memory;
  private final Set<Long> pairs = new HashSet<>();
  private int[] kinds = new int[1024];
  private int[] hosts = new int[1024];
  private int size;

  Books(Workload workload) {
    this.workload = workload;
    cpu = workload.hosts().stream().mapToInt(Host::cpu).toArray();
    memory = workload.hosts().stream().mapToInt(Host::memory).toArray();
  }

  int size() {
    return size;
  }

  int kind(int task) {
    return kinds[task];
  }

  int host(int task) {
    return hosts[task];
  }

  /** CPU units that are left of a host. */
  int cpuLeft(int host) {
    return cpu[host];
  }

  /** MiB that are left of a host. */
  int memoryLeft(int host) {
    return memory[host];
  }

  /** Whether a task may go there by all binding rules. */
  boolean mayTake(int kind, int host) {
    Kind asked = workload.kinds().get(kind);
    return workload.isMember(kind, host)
        && cpu[host] >= asked.cpu()
        && memory[host] >= asked.memory()
        && !pairs.contains(pair(kind, host));
  }

  /**
   * Books a task.
   *
   * @throws IllegalStateException it breaks a binding rule: the scheduler is wrong
   */
  void add(int kind, int host) {
    if (!mayTake(kind, host)) {
      throw new IllegalStateException("A task of service " + kind + " is wrong on host " + host);
    }
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      hosts = Arrays.copyOf(hosts, size * 2);
    }
    kinds[size] = kind;
    hosts[size] = host;
    size++;
    pairs.add(pair(kind, host));
    take(kind, host, 1);
  }

  /** Strikes out a task; the last one takes its number. */
  void remove(int task) {
    pairs.remove(pair(kinds[task], hosts[task]));
    take(kinds[task], hosts[task], -1);
    size--;
    kinds[task] = kinds[size];
    hosts[task] = hosts[size];
  }

  private void take(int kind, int host, int times) {
    Kind asked = workload.kinds().get(kind);
    cpu[host] -= times * asked.cpu();
    memory[host] -= times * asked.memory();
  }

  private static long pair(int kind, int host) {
    return (long) kind << 32 | host;
  }

  /** Fills to about that share of all memory, with chance tasks on chance hosts that fit. */
  void fill(double share, Random random, Scheduler scheduler) {
    long left = Arrays.stream(memory).asLongStream().sum();
    long until = (long) (left * (1 - share));
    while (left > until) {
      int kind = random.nextInt(workload.kinds().size());
      int host = random.nextInt(workload.hosts().size());
      if (mayTake(kind, host)) {
        add(kind, host);
        scheduler.put(kind, host);
        left -= workload.kinds().get(kind).memory();
      }
    }
  }
}
