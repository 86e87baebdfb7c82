package dev.longshore.core.balancing;

import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.AvailabilityZone;
import dev.longshore.shapes.elbv2.InvalidSecurityGroupException;
import dev.longshore.shapes.elbv2.LoadBalancerAddress;
import dev.longshore.shapes.elbv2.LoadBalancerNotFoundException;
import dev.longshore.shapes.elbv2.LoadBalancerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds load balancers, and shows them. */
final class LoadBalancers {
  /** The group of a VPC that everything is in unless told otherwise. */
  static final String DEFAULT_GROUP = "sg-00000000000000000";

  private LoadBalancers() {}

  /**
   * The load balancer of that ARN.
   *
   * @throws dev.longshore.shapes.ServiceException there is none, or the text is no such ARN
   */
  static LoadBalancer existing(View view, String arn) {
    Names.checkArn(arn, "loadbalancer", "load balancer");
    LoadBalancer found = view.find(LoadBalancer.KIND, arn);
    if (found == null) {
      throw missing();
    }
    return found;
  }

  static LoadBalancerNotFoundException missing() {
    return new LoadBalancerNotFoundException("One or more load balancers not found");
  }

  static @Nullable LoadBalancer named(View view, String name) {
    for (LoadBalancer row : view.by(LoadBalancer.BY_NAME, name)) {
      return row;
    }
    return null;
  }

  /** What answers show: its addresses only once something listens there. */
  static dev.longshore.shapes.elbv2.LoadBalancer shown(LoadBalancer row) {
    boolean listens =
        row.state().equals(LoadBalancer.ACTIVE) || row.state().equals(LoadBalancer.ACTIVE_IMPAIRED);
    List<LoadBalancerAddress> addresses =
        listens
            ? List.of(LoadBalancerAddress.builder().ipAddress(row.address()).build())
            : List.of();
    List<AvailabilityZone> zones =
        Given.list(row.specification().availabilityZones()).stream()
            .map(zone -> zone.toBuilder().loadBalancerAddresses(addresses).build())
            .toList();
    return row.specification().toBuilder()
        .availabilityZones(zones)
        .state(LoadBalancerState.builder().code_(row.state()).reason(row.reason()).build())
        .build();
  }

  /**
   * Checks security groups; there is nothing yet that could say which ones exist.
   *
   * @throws InvalidSecurityGroupException one is not even an id
   */
  static List<String> securityGroups(List<String> ids) {
    for (String id : ids) {
      if (!id.matches("sg-[0-9A-Za-z-]{1,64}")) {
        throw new InvalidSecurityGroupException("The security group '" + id + "' does not exist");
      }
    }
    return ids;
  }
}
