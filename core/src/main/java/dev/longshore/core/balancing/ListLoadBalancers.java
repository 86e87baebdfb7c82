package dev.longshore.core.balancing;

import dev.longshore.core.model.Forwarding;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.longshore.ListLoadBalancersRequest;
import dev.longshore.shapes.longshore.ListLoadBalancersResponse;
import dev.longshore.shapes.longshore.ListenerSummary;
import dev.longshore.shapes.longshore.LoadBalancerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Lists load balancers with what AWS's API has no place for: where each port really listens. */
final class ListLoadBalancers
    implements Query<ListLoadBalancersRequest, ListLoadBalancersResponse> {
  @Override
  public ListLoadBalancersResponse answer(
      View view, ListLoadBalancersRequest request, Context context) {
    List<LoadBalancerSummary> all = new ArrayList<>();
    for (LoadBalancer row : view.all(LoadBalancer.KIND)) {
      all.add(summary(view, row));
    }
    return new ListLoadBalancersResponse(all);
  }

  private static LoadBalancerSummary summary(View view, LoadBalancer row) {
    List<ListenerSummary> listeners = new ArrayList<>();
    for (Listener each : view.by(Listener.OF_LOAD_BALANCER, row.arn())) {
      listeners.add(
          new ListenerSummary(
              each.specification().protocol(), each.port(), each.boundPort(), each.failure()));
    }
    TreeSet<String> groups = new TreeSet<>();
    for (Forwarding each : view.by(Forwarding.OF_LOAD_BALANCER, row.arn())) {
      groups.add(each.targetGroupArn());
    }
    int targets = 0;
    int healthy = 0;
    for (String group : groups) {
      for (Target each : view.by(Target.OF_GROUP, group)) {
        targets++;
        healthy += each.health().equals(Target.HEALTHY) ? 1 : 0;
      }
    }
    return LoadBalancerSummary.builder()
        .name(row.name())
        .dnsName(row.specification().dnsName())
        .address(row.address())
        .state(row.state())
        .reason(row.reason())
        .listeners(listeners)
        .targets(targets)
        .healthyTargets(healthy)
        .build();
  }
}
