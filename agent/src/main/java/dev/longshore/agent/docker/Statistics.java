package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a container used, made from two samples of the engine.
 *
 * @param cpu percent of the whole host between the samples: 100 is all processors busy
 * @param memory MiB, without the page cache
 * @param readBytes read from disks since the start
 * @param writeBytes written to disks since the start
 * @param network null for a container without a network of its own
 * @param raw the later sample as the engine gave it
 */
public record Statistics(
    Instant time,
    double cpu,
    double memory,
    long readBytes,
    long writeBytes,
    @Nullable Network network,
    Json raw) {
  private static final double MEBIBYTE = 1 << 20;

  /** Counters of all interfaces since the start, and rates between the samples. */
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

  /** What two samples say; empty if one of them was taken while the container did not run. */
  static Optional<Statistics> between(Json earlier, Json later) {
    var from = Container.time(earlier.at("read"));
    var to = Container.time(later.at("read"));
    if (from.isEmpty() || to.isEmpty() || !from.get().isBefore(to.get())) {
      return Optional.empty();
    }
    var elapsed = Duration.between(from.get(), to.get()).toNanos();
    var busy = cpuTime(later) - cpuTime(earlier);
    return Optional.of(
        new Statistics(
            to.get(),
            // A container that was restarted in between counts from zero again.
            Math.max(0, 100.0 * busy / elapsed / processors(later)),
            memory(later.at("memory_stats")),
            blocks(later, "read"),
            blocks(later, "write"),
            network(earlier, later, elapsed / 1e9),
            later));
  }

  private static long cpuTime(Json sample) {
    return sample.at("cpu_stats", "cpu_usage", "total_usage").number();
  }

  private static long processors(Json sample) {
    var online = sample.at("cpu_stats", "online_cpus").number();
    return online > 0 ? online : Runtime.getRuntime().availableProcessors();
  }

  /** The cache's name is "cache" in control groups of version 1, and "file" in version 2. */
  private static double memory(Json memory) {
    var cache = memory.at("stats", "cache").number() + memory.at("stats", "file").number();
    return Math.max(0, memory.at("usage").number() - cache) / MEBIBYTE;
  }

  private static long blocks(Json sample, String operation) {
    return sample.at("blkio_stats", "io_service_bytes_recursive").elements().stream()
        .filter(entry -> entry.at("op").text().toLowerCase(Locale.ROOT).equals(operation))
        .mapToLong(entry -> entry.at("value").number())
        .sum();
  }

  private static @Nullable Network network(Json earlier, Json later, double seconds) {
    if (later.at("networks").members().isEmpty()) {
      return null;
    }
    var rx = sum(later, "rx_bytes");
    var tx = sum(later, "tx_bytes");
    return new Network(
        rx,
        sum(later, "rx_packets"),
        sum(later, "rx_errors"),
        sum(later, "rx_dropped"),
        tx,
        sum(later, "tx_packets"),
        sum(later, "tx_errors"),
        sum(later, "tx_dropped"),
        Math.max(0, rx - sum(earlier, "rx_bytes")) / seconds,
        Math.max(0, tx - sum(earlier, "tx_bytes")) / seconds);
  }

  private static long sum(Json sample, String counter) {
    return sample.at("networks").members().values().stream()
        .mapToLong(eachInterface -> eachInterface.at(counter).number())
        .sum();
  }
}
