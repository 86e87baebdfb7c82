package dev.longshore.gateway.route;

import java.util.List;

/**
 * Everything that a gateway needs to know: what to listen on, which rules to follow, whom to send
 * to. One immutable value that is replaced as a whole, so that no request sees half of a change.
 *
 * @param version grows with every change; only shown and compared for equality
 * @param loadBalancers those whose listeners this gateway is to open
 * @param targetGroups all groups that actions name, and any others; ARNs are unique
 */
public record Routes(
    long version, List<LoadBalancer> loadBalancers, List<TargetGroup> targetGroups) {
  public Routes {
    loadBalancers = List.copyOf(loadBalancers);
    targetGroups = List.copyOf(targetGroups);
  }

  /** No listener at all. */
  public static Routes none() {
    return new Routes(0, List.of(), List.of());
  }
}
