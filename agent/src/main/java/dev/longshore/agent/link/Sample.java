package dev.longshore.agent.link;

import org.jspecify.annotations.Nullable;

/**
 * What a container used at one moment.
 *
 * @param cpu percent of the whole host: 100 is all cores busy
 * @param memory MiB
 * @param network cumulative counters, null without a network of its own
 * @param readBytes read from disks so far
 * @param writeBytes written to disks so far
 */
public record Sample(
    double cpu, double memory, @Nullable Network network, long readBytes, long writeBytes) {

  /** Counters since the start, and the rates at the moment. */
  public record Network(
      long rxBytes,
      long rxPackets,
      long rxErrors,
      long rxDropped,
      long txBytes,
      long txPackets,
      long txErrors,
      long txDropped,
      double rxBytesPerSecond,
      double txBytesPerSecond) {}
}
