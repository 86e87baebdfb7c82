package dev.longshore.core.balancing;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.elbv2.Matcher;
import dev.longshore.shapes.elbv2.TargetGroup;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a target group's health check is where nothing was said, and what it may be. */
final class HealthChecks {
  private static final String TRAFFIC_PORT = "traffic-port";
  private static final String GRPC = "GRPC";

  private HealthChecks() {}

  /** Fills in what was left open. */
  static TargetGroup completed(TargetGroup asked) {
    String protocol = Given.text(asked.protocol());
    boolean http = protocol.startsWith("HTTP");
    String check = Objects.requireNonNullElse(asked.healthCheckProtocol(), http ? "HTTP" : "TCP");
    boolean asks = check.startsWith("HTTP");
    boolean grpc = GRPC.equals(asked.protocolVersion());
    return asked.toBuilder()
        .healthCheckProtocol(check)
        .healthCheckPort(Objects.requireNonNullElse(asked.healthCheckPort(), TRAFFIC_PORT))
        .healthCheckEnabled(Objects.requireNonNullElse(asked.healthCheckEnabled(), true))
        .healthCheckIntervalSeconds(
            Objects.requireNonNullElse(asked.healthCheckIntervalSeconds(), 30))
        .healthCheckTimeoutSeconds(
            Objects.requireNonNullElse(
                asked.healthCheckTimeoutSeconds(), http ? 5 : check.equals("HTTP") ? 6 : 10))
        .healthyThresholdCount(Objects.requireNonNullElse(asked.healthyThresholdCount(), 5))
        .unhealthyThresholdCount(Objects.requireNonNullElse(asked.unhealthyThresholdCount(), 2))
        .healthCheckPath(path(asked.healthCheckPath(), asks, grpc))
        .matcher(matcher(asked.matcher(), asks, http, grpc))
        .build();
  }

  private static @Nullable String path(@Nullable String asked, boolean asks, boolean grpc) {
    if (!asks) {
      return asked;
    }
    return Objects.requireNonNullElse(asked, grpc ? "/AWS.ALB/healthcheck" : "/");
  }

  private static @Nullable Matcher matcher(
      @Nullable Matcher asked, boolean asks, boolean http, boolean grpc) {
    if (asked != null || !asks) {
      return asked;
    }
    return grpc ? new Matcher(null, "12") : new Matcher(http ? "200" : "200-399", null);
  }

  /**
   * Checks a complete group.
   *
   * @throws dev.longshore.shapes.ServiceException its health check cannot be carried out
   */
  static void check(TargetGroup group) {
    String protocol = Given.text(group.healthCheckProtocol());
    boolean http = Given.text(group.protocol()).startsWith("HTTP");
    List<String> allowed = http ? List.of("HTTP", "HTTPS") : List.of("HTTP", "HTTPS", "TCP");
    Faults.demand(
        allowed.contains(protocol),
        "Health check protocol '"
            + protocol
            + "' must be one of '"
            + String.join(", ", allowed)
            + "'");
    int interval = Objects.requireNonNull(group.healthCheckIntervalSeconds());
    int timeout = Objects.requireNonNull(group.healthCheckTimeoutSeconds());
    Faults.demand(
        timeout < interval,
        "Health check timeout '"
            + timeout
            + "' must be smaller than the interval '"
            + interval
            + "'");
    Faults.demand(
        Boolean.TRUE.equals(group.healthCheckEnabled()),
        "Health check enabled must be true for groups with target type '"
            + group.targetType()
            + "'");
    String port = Given.text(group.healthCheckPort());
    Faults.demand(
        port.equals(TRAFFIC_PORT) || isPort(port),
        "Health check port '" + port + "' must be 'traffic-port' or in the range 1-65535");
    boolean asks = protocol.startsWith("HTTP");
    Faults.demand(
        asks || group.healthCheckPath() == null,
        "Health check paths cannot be specified for protocol '" + protocol + "'");
    Faults.demand(
        !asks || Given.text(group.healthCheckPath()).startsWith("/"),
        "Health check path '" + group.healthCheckPath() + "' must begin with a '/' character");
    checkMatcher(group, asks);
  }

  private static void checkMatcher(TargetGroup group, boolean asks) {
    Matcher matcher = group.matcher();
    boolean http = Given.text(group.protocol()).startsWith("HTTP");
    boolean grpc = GRPC.equals(group.protocolVersion());
    if (!asks) {
      Faults.demand(
          matcher == null,
          "Custom health check matchers are not supported for health checks for target groups"
              + " with the TCP protocol");
      return;
    }
    String codes = matcher == null ? null : grpc ? matcher.grpcCode() : matcher.httpCode();
    Faults.demand(codes != null, "A matcher must have " + (grpc ? "a gRPC code" : "an HTTP code"));
    int least = grpc ? 0 : 200;
    int most = grpc ? 99 : http ? 499 : 599;
    Faults.demand(
        codes != null && isRange(codes, least, most),
        "Health check matcher "
            + (grpc ? "gRPC" : "HTTP")
            + " code '"
            + codes
            + "' must be within '"
            + least
            + "-"
            + most
            + "' inclusive");
  }

  private static boolean isPort(String text) {
    return text.matches("[1-9][0-9]{0,4}") && Integer.parseInt(text) <= 65_535;
  }

  private static boolean isRange(String codes, int least, int most) {
    for (String part : codes.split(",", -1)) {
      String[] ends = part.split("-", -1);
      if (ends.length > 2) {
        return false;
      }
      int before = least;
      for (String end : ends) {
        if (!end.matches("[0-9]{1,3}")
            || Integer.parseInt(end) < before
            || Integer.parseInt(end) > most) {
          return false;
        }
        before = Integer.parseInt(end);
      }
    }
    return true;
  }
}
