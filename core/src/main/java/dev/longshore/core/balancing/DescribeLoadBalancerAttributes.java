package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeLoadBalancerAttributesInput;
import dev.longshore.shapes.elbv2.DescribeLoadBalancerAttributesOutput;
import dev.longshore.shapes.elbv2.LoadBalancerAttribute;

/** Shows all attributes of a load balancer, set or not. */
public final class DescribeLoadBalancerAttributes
    implements Query<DescribeLoadBalancerAttributesInput, DescribeLoadBalancerAttributesOutput> {
  @Override
  public DescribeLoadBalancerAttributesOutput answer(
      View view, DescribeLoadBalancerAttributesInput request, Context context) {
    dev.longshore.core.model.LoadBalancer row =
        LoadBalancers.existing(view, request.loadBalancerArn());
    return new DescribeLoadBalancerAttributesOutput(
        (row.isApplication() ? AttributeRules.APPLICATION : AttributeRules.NETWORK)
            .shown(row.attributes(), LoadBalancerAttribute::new));
  }
}
