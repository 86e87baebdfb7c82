package dev.longshore.agent.task;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the container engine says of a container at one moment.
 *
 * @param running the process lives, paused or not
 * @param exitCode meaningful once the container has run and is not running
 * @param startedAt when the present or last run began; null before the first
 * @param finishedAt when the last run ended; null before the first end
 * @param ports host ports as bound right now
 */
public record ContainerView(
    String dockerId,
    boolean running,
    int exitCode,
    boolean oomKilled,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    List<Port> ports,
    @Nullable Health health,
    String imageId,
    Map<String, String> labels,
    List<Network> networks,
    List<Mount> mounts,
    @Nullable String logDriver,
    Map<String, String> logOptions) {

  /**
   * The container has run and its process is gone. The two times are not compared: the engine notes
   * the start after the process was started, and a short-lived one has finished by then.
   */
  public boolean exited() {
    return !running && startedAt != null && finishedAt != null;
  }

  /** The same container after the end of its run. */
  ContainerView ended(int code, boolean outOfMemory, Instant at) {
    return new ContainerView(
        dockerId,
        false,
        code,
        outOfMemory,
        createdAt,
        startedAt,
        at,
        List.of(),
        health,
        imageId,
        labels,
        networks,
        mounts,
        logDriver,
        logOptions);
  }

  /** Without the log driver's options of these names: the engine shows their secret values. */
  ContainerView withoutLogOptions(List<String> names) {
    if (names.isEmpty()) {
      return this;
    }
    Map<String, String> left = new LinkedHashMap<>(logOptions);
    left.keySet().removeAll(names);
    return new ContainerView(
        dockerId,
        running,
        exitCode,
        oomKilled,
        createdAt,
        startedAt,
        finishedAt,
        ports,
        health,
        imageId,
        labels,
        networks,
        mounts,
        logDriver,
        Collections.unmodifiableMap(left));
  }

  public record Port(String hostAddress, int hostPort, int containerPort, String protocol) {}

  public record Health(HealthStatus status, @Nullable Integer exitCode, @Nullable String output) {}

  public record Network(String mode, List<String> ipv4, List<String> ipv6) {}

  public record Mount(@Nullable String name, String source, String destination) {}
}
