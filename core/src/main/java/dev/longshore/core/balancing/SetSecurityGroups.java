package dev.longshore.core.balancing;

import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.SetSecurityGroupsInput;
import dev.longshore.shapes.elbv2.SetSecurityGroupsOutput;
import java.util.List;

/** Gives a load balancer other security groups. */
public final class SetSecurityGroups
    implements Command<SetSecurityGroupsInput, SetSecurityGroupsOutput> {
  @Override
  public SetSecurityGroupsOutput decide(
      Draft draft, SetSecurityGroupsInput request, Context context) {
    LoadBalancer row = LoadBalancers.existing(draft, request.loadBalancerArn());
    CreateLoadBalancer.checkMayHaveGroups(row);
    List<String> groups = LoadBalancers.securityGroups(request.securityGroups());
    Faults.demand(!groups.isEmpty(), "At least one security group must be specified");
    draft.put(
        LoadBalancer.KIND,
        row.withSpecification(row.specification().toBuilder().securityGroups(groups).build()));
    return SetSecurityGroupsOutput.builder().securityGroupIds(groups).build();
  }
}
