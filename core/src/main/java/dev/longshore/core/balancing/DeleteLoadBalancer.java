package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.DeleteLoadBalancerInput;
import dev.longshore.shapes.elbv2.DeleteLoadBalancerOutput;
import dev.longshore.shapes.elbv2.OperationNotPermittedException;

/** Deletes a load balancer with its listeners and rules; target groups stay. */
public final class DeleteLoadBalancer
    implements Command<DeleteLoadBalancerInput, DeleteLoadBalancerOutput> {
  @Override
  public DeleteLoadBalancerOutput decide(
      Draft draft, DeleteLoadBalancerInput request, Context context) {
    String arn = request.loadBalancerArn();
    Names.checkArn(arn, "loadbalancer", "load balancer");
    LoadBalancer row = draft.find(LoadBalancer.KIND, arn);
    if (row == null) {
      return new DeleteLoadBalancerOutput();
    }
    if ("true".equals(row.attributes().get("deletion_protection.enabled"))) {
      throw new OperationNotPermittedException(
          "Load balancer '" + arn + "' cannot be deleted because deletion protection is enabled");
    }
    for (Listener listener : draft.by(Listener.OF_LOAD_BALANCER, arn)) {
      Listeners.delete(draft, listener);
    }
    draft.remove(LoadBalancer.KIND, arn);
    return new DeleteLoadBalancerOutput();
  }
}
