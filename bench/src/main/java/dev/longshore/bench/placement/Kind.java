package dev.longshore.bench.placement;

/**
 * A service whose tasks are all alike.
 *
 * @param stack tasks go only to hosts of that stack
 * @param cpu CPU units
 * @param memory MiB
 */
record Kind(String name, String stack, int cpu, int memory) {}
