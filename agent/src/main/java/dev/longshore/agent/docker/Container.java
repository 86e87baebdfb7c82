package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container as inspection shows it.
 *
 * @param name without the leading slash
 * @param image as it was asked for
 * @param imageId {@code sha256:…}
 * @param networks by network name; empty for host and none modes' pseudo networks' addresses
 * @param raw the whole answer
 */
public record Container(
    String id,
    String name,
    String image,
    String imageId,
    Instant createdAt,
    State state,
    Map<String, String> labels,
    String networkMode,
    String logDriver,
    Map<String, String> logOptions,
    List<Mount> mounts,
    List<Port> ports,
    Map<String, Endpoint> networks,
    int restartCount,
    Json raw) {

  /**
   * How far the container is.
   *
   * @param status "created", "running", "paused", "restarting", "removing", "exited" or "dead"
   * @param processId of its first process on the host, 0 when not running
   * @param exitCode meaningful once it has finished
   * @param error why it could not be started, else ""
   * @param startedAt null if it never was started
   * @param finishedAt null if it never stopped
   * @param health null without a health check
   */
  public record State(
      String status,
      boolean running,
      boolean outOfMemory,
      long processId,
      int exitCode,
      String error,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Health health) {
    static State from(Json json) {
      return new State(
          json.at("Status").text(),
          json.at("Running").flag(),
          json.at("OOMKilled").flag(),
          json.at("Pid").number(),
          (int) json.at("ExitCode").number(),
          json.at("Error").text(),
          time(json.at("StartedAt")).orElse(null),
          time(json.at("FinishedAt")).orElse(null),
          json.at("Health").isNull() ? null : Health.from(json.at("Health")));
    }
  }

  /**
   * The outcome of health checks so far.
   *
   * @param status "starting", "healthy", "unhealthy" or "none"
   * @param last the newest check, null before there is one
   */
  public record Health(String status, int failingStreak, @Nullable Check last) {
    static Health from(Json json) {
      var log = json.at("Log").elements();
      return new Health(
          json.at("Status").text(),
          (int) json.at("FailingStreak").number(),
          log.isEmpty() ? null : Check.from(log.getLast()));
    }
  }

  /** One run of a health check; {@code finishedAt} may be null when the engine does not say. */
  public record Check(int exitCode, String output, @Nullable Instant finishedAt) {
    static Check from(Json json) {
      return new Check(
          (int) json.at("ExitCode").number(),
          json.at("Output").text(),
          time(json.at("End")).orElse(null));
    }
  }

  /** Something mounted; {@code name} is the volume's, "" for a bind mount. */
  public record Mount(
      String type, String name, String source, String destination, boolean writable) {
    static Mount from(Json json) {
      return new Mount(
          json.at("Type").text(),
          json.at("Name").text(),
          json.at("Source").text(),
          json.at("Destination").text(),
          json.at("RW").flag());
    }
  }

  /**
   * A port of the container and where it is bound on the host; hostPort 0 and hostIp "" if it is
   * exposed and not bound.
   */
  public record Port(int containerPort, String protocol, String hostIp, int hostPort) {}

  /** The container's place in one network; absent parts are "". */
  public record Endpoint(
      String networkId, String address, String gateway, String address6, String macAddress) {
    static Endpoint from(Json json) {
      return new Endpoint(
          json.at("NetworkID").text(),
          json.at("IPAddress").text(),
          json.at("Gateway").text(),
          json.at("GlobalIPv6Address").text(),
          json.at("MacAddress").text());
    }
  }

  static Container from(Json json) {
    var host = json.at("HostConfig");
    var networks = new LinkedHashMap<String, Endpoint>();
    json.at("NetworkSettings", "Networks")
        .members()
        .forEach((name, endpoint) -> networks.put(name, Endpoint.from(endpoint)));
    return new Container(
        json.at("Id").text(),
        withoutSlash(json.at("Name").text()),
        json.at("Config", "Image").text(),
        json.at("Image").text(),
        time(json.at("Created")).orElse(Instant.EPOCH),
        State.from(json.at("State")),
        json.at("Config", "Labels").textMembers(),
        host.at("NetworkMode").text(),
        host.at("LogConfig", "Type").text(),
        host.at("LogConfig", "Config").textMembers(),
        json.at("Mounts").elements().stream().map(Mount::from).toList(),
        ports(json.at("NetworkSettings", "Ports").members()),
        networks,
        (int) json.at("RestartCount").number(),
        json);
  }

  private static List<Port> ports(Map<String, Json> byName) {
    var ports = new ArrayList<Port>();
    byName.forEach((name, bindings) -> {
      var slash = name.indexOf('/');
      var number = Integer.parseInt(slash < 0 ? name : name.substring(0, slash));
      var protocol = slash < 0 ? "tcp" : name.substring(slash + 1);
      if (bindings.elements().isEmpty()) {
        ports.add(new Port(number, protocol, "", 0));
      }
      for (var binding : bindings.elements()) {
        var hostPort = binding.at("HostPort").text();
        ports.add(
            new Port(
                number,
                protocol,
                binding.at("HostIp").text(),
                hostPort.isEmpty() ? 0 : Integer.parseInt(hostPort)));
      }
    });
    return List.copyOf(ports);
  }

  static String withoutSlash(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }

  /** A time, where there is one: the engine writes the year 1 for "never". */
  static Optional<Instant> time(Json json) {
    if (json.text().isEmpty()) {
      return Optional.empty();
    }
    // Instant.parse of JDK 25 takes offsets as well, which Podman and health logs carry.
    var time = Instant.parse(json.text());
    return time.isBefore(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
  }
}
