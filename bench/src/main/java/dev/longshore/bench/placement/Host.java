package dev.longshore.bench.placement;

/**
 * A machine to place tasks on.
 *
 * @param cpu CPU units
 * @param memory MiB
 * @param gpus how many
 */
record Host(String name, String zone, String stack, int cpu, int memory, int gpus) {}
