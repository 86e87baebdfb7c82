package dev.longshore.gateway.route;

import java.util.List;
import java.util.Map;

/**
 * Targets that do the same.
 *
 * @param name as metrics name it: {@code targetgroup/NAME/ID}
 * @param protocol what targets speak; HTTPS and TLS are not verified, as on AWS
 * @param version what an HTTP group's targets speak; HTTP1 for the others
 * @param attributes as ModifyTargetGroupAttributes takes them, by AWS's keys; absent ones have
 *     AWS's defaults, unknown ones are ignored
 * @param targets unique by id and port
 */
public record TargetGroup(
    String arn,
    String name,
    Protocol protocol,
    Version version,
    HealthCheck healthCheck,
    Map<String, String> attributes,
    List<Target> targets) {
  /** The API's ProtocolVersion. */
  public enum Version {
    HTTP1,
    HTTP2,
    GRPC
  }

  public TargetGroup {
    attributes = Ordered.copy(attributes);
    targets = List.copyOf(targets);
  }

  /** A group of HTTP/1.1 targets with AWS's defaults. */
  public static TargetGroup http(String arn, String name, List<Target> targets) {
    return new TargetGroup(
        arn, name, Protocol.HTTP, Version.HTTP1, HealthCheck.http(), Map.of(), targets);
  }

  public TargetGroup withTargets(List<Target> targets) {
    return new TargetGroup(arn, name, protocol, version, healthCheck, attributes, targets);
  }

  public TargetGroup withAttributes(Map<String, String> attributes) {
    return new TargetGroup(arn, name, protocol, version, healthCheck, attributes, targets);
  }

  public TargetGroup withHealthCheck(HealthCheck healthCheck) {
    return new TargetGroup(arn, name, protocol, version, healthCheck, attributes, targets);
  }

  public TargetGroup withProtocol(Protocol protocol, Version version) {
    return new TargetGroup(arn, name, protocol, version, healthCheck, attributes, targets);
  }
}
