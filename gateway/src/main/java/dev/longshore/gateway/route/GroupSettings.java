package dev.longshore.gateway.route;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A target group's attributes, read. Defaults are AWS's.
 *
 * @param slowStartNanos how long a target that became healthy gets less than its share; 0: never
 * @param stickySeconds how long a client stays with its target
 * @param cookieName the application's cookie that stickiness of that type follows
 * @param healthyCount with fewer healthy targets than this, all get requests
 * @param healthyPercentage the same in percent; 0 for off
 * @param terminate whether connections are cut when a target is deregistered, of TCP groups
 */
public record GroupSettings(
    Algorithm algorithm,
    long slowStartNanos,
    Stickiness stickiness,
    long stickySeconds,
    String cookieName,
    int healthyCount,
    int healthyPercentage,
    boolean proxyProtocol,
    boolean terminate) {
  /** How the next target is found. */
  public enum Algorithm {
    ROUND_ROBIN,
    LEAST_OUTSTANDING_REQUESTS,
    WEIGHTED_RANDOM
  }

  /** What keeps a client with its target. */
  public enum Stickiness {
    NONE,
    LB_COOKIE,
    APP_COOKIE,
    SOURCE_IP
  }

  static GroupSettings of(Map<String, String> map) {
    Attributes attributes = new Attributes(map);
    Stickiness stickiness = stickiness(attributes);
    return new GroupSettings(
        switch (attributes.text("load_balancing.algorithm.type", "")) {
          case "least_outstanding_requests" -> Algorithm.LEAST_OUTSTANDING_REQUESTS;
          case "weighted_random" -> Algorithm.WEIGHTED_RANDOM;
          default -> Algorithm.ROUND_ROBIN;
        },
        TimeUnit.SECONDS.toNanos(attributes.number("slow_start.duration_seconds", 0)),
        stickiness,
        attributes.number(
            stickiness == Stickiness.APP_COOKIE
                ? "stickiness.app_cookie.duration_seconds"
                : "stickiness.lb_cookie.duration_seconds",
            86_400),
        attributes.text("stickiness.app_cookie.cookie_name", ""),
        (int)
            attributes.number(
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", 1),
        (int)
            attributes.number(
                "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
                0),
        attributes.flag("proxy_protocol_v2.enabled", false),
        attributes.flag("deregistration_delay.connection_termination.enabled", false));
  }

  private static Stickiness stickiness(Attributes attributes) {
    if (!attributes.flag("stickiness.enabled", false)) {
      return Stickiness.NONE;
    }
    return switch (attributes.text("stickiness.type", "lb_cookie")) {
      case "app_cookie" -> Stickiness.APP_COOKIE;
      case "source_ip", "source_ip_dest_ip", "source_ip_dest_ip_proto" -> Stickiness.SOURCE_IP;
      default -> Stickiness.LB_COOKIE;
    };
  }
}
