package dev.longshore.gateway.route;

import java.time.Duration;

/**
 * How a group's targets are looked at.
 *
 * @param enabled without checks, targets count as healthy
 * @param protocol HTTP, HTTPS or TCP; a group of version GRPC is asked by gRPC over HTTP or HTTPS
 * @param port 0 for the target's own
 * @param matcher codes and ranges, as {@code 200,202} or {@code 200-299}; of gRPC {@code 0-99}
 */
public record HealthCheck(
    boolean enabled,
    Protocol protocol,
    int port,
    String path,
    Duration interval,
    Duration timeout,
    int healthyThreshold,
    int unhealthyThreshold,
    String matcher) {
  /** What an application load balancer's group has without being told. */
  public static HealthCheck http() {
    return new HealthCheck(
        true, Protocol.HTTP, 0, "/", Duration.ofSeconds(30), Duration.ofSeconds(5), 5, 2, "200");
  }

  /** What a network load balancer's group has without being told. */
  public static HealthCheck tcp() {
    return new HealthCheck(
        true, Protocol.TCP, 0, "", Duration.ofSeconds(30), Duration.ofSeconds(10), 5, 2, "");
  }

  /** No checks: every target counts as healthy. */
  public static HealthCheck none() {
    return new HealthCheck(
        false, Protocol.TCP, 0, "", Duration.ofSeconds(30), Duration.ofSeconds(10), 5, 2, "");
  }

  /** The same check by another rhythm. */
  public HealthCheck every(Duration interval, Duration timeout) {
    return new HealthCheck(
        enabled,
        protocol,
        port,
        path,
        interval,
        timeout,
        healthyThreshold,
        unhealthyThreshold,
        matcher);
  }

  public HealthCheck withThresholds(int healthy, int unhealthy) {
    return new HealthCheck(
        enabled, protocol, port, path, interval, timeout, healthy, unhealthy, matcher);
  }

  public HealthCheck withPath(String path, String matcher) {
    return new HealthCheck(
        enabled,
        protocol,
        port,
        path,
        interval,
        timeout,
        healthyThreshold,
        unhealthyThreshold,
        matcher);
  }
}
