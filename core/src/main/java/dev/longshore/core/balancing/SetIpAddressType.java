package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.SetIpAddressTypeInput;
import dev.longshore.shapes.elbv2.SetIpAddressTypeOutput;

/** Sets the kind of a load balancer's addresses, of which there is one here. */
public final class SetIpAddressType
    implements Command<SetIpAddressTypeInput, SetIpAddressTypeOutput> {
  @Override
  public SetIpAddressTypeOutput decide(
      Draft draft, SetIpAddressTypeInput request, Context context) {
    LoadBalancers.existing(draft, request.loadBalancerArn());
    if (!request.ipAddressType().equals("ipv4")) {
      throw Faults.unsupported("load balancers with IPv6 addresses");
    }
    return new SetIpAddressTypeOutput("ipv4");
  }
}
