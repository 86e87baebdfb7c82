package dev.longshore.gateway.route;

import java.util.List;
import java.util.Map;

/**
 * A load balancer with its listeners.
 *
 * @param name as metrics name it: {@code app/NAME/ID} or {@code net/NAME/ID}
 * @param dnsName by which clients of this machine ask for it; "" where it has none
 * @param attributes as ModifyLoadBalancerAttributes takes them, by AWS's keys; absent ones have
 *     AWS's defaults, unknown ones are ignored
 */
public record LoadBalancer(
    String name, String dnsName, Map<String, String> attributes, List<Listener> listeners) {
  public LoadBalancer {
    attributes = Ordered.copy(attributes);
    listeners = List.copyOf(listeners);
  }
}
