package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.LoadBalancerAttribute;
import dev.longshore.shapes.elbv2.ModifyLoadBalancerAttributesInput;
import dev.longshore.shapes.elbv2.ModifyLoadBalancerAttributesOutput;
import java.util.Map;

/** Sets attributes of a load balancer; answers with all of them. */
public final class ModifyLoadBalancerAttributes
    implements Command<ModifyLoadBalancerAttributesInput, ModifyLoadBalancerAttributesOutput> {
  @Override
  public ModifyLoadBalancerAttributesOutput decide(
      Draft draft, ModifyLoadBalancerAttributesInput request, Context context) {
    dev.longshore.core.model.LoadBalancer row =
        LoadBalancers.existing(draft, request.loadBalancerArn());
    AttributeRules rules =
        row.isApplication() ? AttributeRules.APPLICATION : AttributeRules.NETWORK;
    Map<String, String> attributes =
        rules.set(
            row.attributes(),
            request.attributes(),
            each -> Given.text(each.key()),
            each -> Given.text(each.value()));
    draft.put(dev.longshore.core.model.LoadBalancer.KIND, row.withAttributes(attributes));
    return new ModifyLoadBalancerAttributesOutput(
        rules.shown(attributes, LoadBalancerAttribute::new));
  }
}
