package dev.longshore.core.balancing;

import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.SetSubnetsInput;
import dev.longshore.shapes.elbv2.SetSubnetsOutput;

/** Puts a load balancer into other subnets. */
public final class SetSubnets implements Command<SetSubnetsInput, SetSubnetsOutput> {
  @Override
  public SetSubnetsOutput decide(Draft draft, SetSubnetsInput request, Context context) {
    LoadBalancer row = LoadBalancers.existing(draft, request.loadBalancerArn());
    if (request.ipAddressType() != null && !request.ipAddressType().equals("ipv4")) {
      throw Faults.unsupported("load balancers with IPv6 addresses");
    }
    var zones =
        Subnets.zones(
            draft,
            Subnets.named(request.subnets(), request.subnetMappings()),
            row.isApplication(),
            context);
    LoadBalancer changed =
        row.withSpecification(row.specification().toBuilder().availabilityZones(zones).build());
    draft.put(LoadBalancer.KIND, changed);
    return SetSubnetsOutput.builder()
        .availabilityZones(LoadBalancers.shown(changed).availabilityZones())
        .ipAddressType("ipv4")
        .build();
  }
}
