package dev.longshore.core.balancing;

import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeLoadBalancersInput;
import dev.longshore.shapes.elbv2.DescribeLoadBalancersOutput;
import java.util.ArrayList;
import java.util.List;

/** Describes load balancers: by ARN, by name, or all. */
public final class DescribeLoadBalancers
    implements Query<DescribeLoadBalancersInput, DescribeLoadBalancersOutput> {
  @Override
  public DescribeLoadBalancersOutput answer(
      View view, DescribeLoadBalancersInput request, Context context) {
    List<String> arns = Given.list(request.loadBalancerArns());
    List<String> names = Given.list(request.names());
    Faults.demand(
        arns.isEmpty() || names.isEmpty(),
        "Load balancer names and load balancer ARNs cannot be specified at the same time");
    if (!arns.isEmpty() || !names.isEmpty()) {
      List<dev.longshore.shapes.elbv2.LoadBalancer> found = new ArrayList<>();
      arns.forEach(arn -> found.add(LoadBalancers.shown(LoadBalancers.existing(view, arn))));
      names.forEach(name -> found.add(LoadBalancers.shown(named(view, name))));
      return new DescribeLoadBalancersOutput(found, null);
    }
    Page<dev.longshore.shapes.elbv2.LoadBalancer> page = pageOfAll(view, request);
    return new DescribeLoadBalancersOutput(page.items(), page.nextToken());
  }

  private static Page<dev.longshore.shapes.elbv2.LoadBalancer> pageOfAll(
      View view, DescribeLoadBalancersInput request) {
    var paging = Pages.of("DescribeLoadBalancers", request.marker(), request.pageSize());
    return paging.page(
        view.after(LoadBalancer.KIND, paging.after()), LoadBalancer::arn, LoadBalancers::shown);
  }

  private static LoadBalancer named(View view, String name) {
    LoadBalancer row = LoadBalancers.named(view, name);
    if (row == null) {
      throw LoadBalancers.missing();
    }
    return row;
  }
}
