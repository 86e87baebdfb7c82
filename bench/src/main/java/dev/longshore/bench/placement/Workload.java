package dev.longshore.bench.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Hosts of mixed sizes in three zones and four stacks, and 200 services. Every task is bound to its
 * service's stack (memberOf) and kept off hosts with a task of its service (distinctInstance);
 * among the hosts left, those in the zone with the fewest tasks of its service come first (spread),
 * and of these the one with the least memory (binpack).
 *
 * @param kinds the services, by number
 */
record Workload(List<Host> hosts, List<Kind> kinds) {
  static final int ZONES = 3;

  private static final int STACKS = 4;
  private static final int KINDS = 200;

  /** vCPU, GiB. */
  private static final int[][] SIZES = {{2, 8}, {4, 8}, {4, 16}, {8, 16}, {8, 32}, {16, 64}};

  static Workload of(int hosts, long seed) {
    Random random = new Random(seed);
    List<Host> made = new ArrayList<>();
    for (int at = 0; at < hosts; at++) {
      int[] size = SIZES[random.nextInt(SIZES.length)];
      String zone = "us-east-1" + (char) ('a' + random.nextInt(ZONES));
      made.add(new Host("h" + at, zone, stack(random), size[0] * 1024, size[1] * 1024 - 480, 0));
    }
    List<Kind> kinds = new ArrayList<>();
    for (int at = 0; at < KINDS; at++) {
      int cpu = 64 * (1 + random.nextInt(16));
      int memory = 64 * (4 + random.nextInt(60));
      kinds.add(new Kind("s" + at, stack(random), cpu, memory));
    }
    return new Workload(List.copyOf(made), List.copyOf(kinds));
  }

  private static String stack(Random random) {
    return "stack" + random.nextInt(STACKS);
  }

  /** The number of a host's zone, from 0. */
  int zone(int host) {
    String zone = hosts.get(host).zone();
    return zone.charAt(zone.length() - 1) - 'a';
  }

  boolean isMember(int kind, int host) {
    return kinds.get(kind).stack().equals(hosts.get(host).stack());
  }
}
