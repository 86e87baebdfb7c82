package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeListenersInput;
import dev.longshore.shapes.elbv2.DescribeListenersOutput;
import java.util.List;

/** Describes listeners: by ARN, or those of a load balancer. */
public final class DescribeListeners
    implements Query<DescribeListenersInput, DescribeListenersOutput> {
  @Override
  public DescribeListenersOutput answer(
      View view, DescribeListenersInput request, Context context) {
    List<String> arns = Given.list(request.listenerArns());
    String balancerArn = request.loadBalancerArn();
    Faults.demand(
        arns.isEmpty() != (balancerArn == null),
        "You must specify either listener ARNs or a load balancer ARN");
    if (balancerArn == null) {
      return new DescribeListenersOutput(
          arns.stream().map(arn -> Listeners.existing(view, arn).specification()).toList(), null);
    }
    LoadBalancer balancer = LoadBalancers.existing(view, balancerArn);
    var paging = Pages.of("DescribeListeners", request.marker(), request.pageSize());
    var page =
        paging.page(
            view.by(Listener.OF_LOAD_BALANCER, balancer.arn(), paging.after()),
            Listener::arn,
            Listener::specification);
    return new DescribeListenersOutput(page.items(), page.nextToken());
  }
}
