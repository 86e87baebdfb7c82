package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeAccountLimitsInput;
import dev.longshore.shapes.elbv2.DescribeAccountLimitsOutput;
import dev.longshore.shapes.elbv2.Limit;
import java.util.List;

/** Describes how much there may be of everything. */
public final class DescribeAccountLimits
    implements Query<DescribeAccountLimitsInput, DescribeAccountLimitsOutput> {
  private static final List<Limit> LIMITS =
      List.of(
          new Limit("target-groups", Integer.toString(CreateTargetGroup.MOST)),
          new Limit("targets-per-application-load-balancer", "1000"),
          new Limit("listeners-per-application-load-balancer", "50"),
          new Limit("rules-per-application-load-balancer", "100"),
          new Limit("network-load-balancers", Integer.toString(AddressPool.MOST)),
          new Limit("targets-per-network-load-balancer", "3000"),
          new Limit("targets-per-availability-zone-per-network-load-balancer", "500"),
          new Limit("listeners-per-network-load-balancer", "50"),
          new Limit("condition-values-per-alb-rule", "5"),
          new Limit("condition-wildcards-per-alb-rule", "5"),
          new Limit("target-groups-per-application-load-balancer", "100"),
          new Limit("target-groups-per-action-on-application-load-balancer", "5"),
          new Limit("target-groups-per-action-on-network-load-balancer", "1"),
          new Limit("certificates-per-application-load-balancer", "25"),
          new Limit("certificates-per-network-load-balancer", "25"),
          new Limit("targets-per-target-group", "1000"),
          new Limit("target-id-registrations-per-application-load-balancer", "1000"),
          new Limit("application-load-balancers", Integer.toString(AddressPool.MOST)));

  @Override
  public DescribeAccountLimitsOutput answer(
      View view, DescribeAccountLimitsInput request, Context context) {
    var paging = Pages.of("DescribeAccountLimits", request.marker(), request.pageSize());
    String last = paging.after();
    List<Limit> limits =
        LIMITS.stream()
            .dropWhile(limit -> last != null && !last.equals(limit.name()))
            .skip(last == null ? 0 : 1)
            .toList();
    var page = paging.page(limits, limit -> Given.text(limit.name()), limit -> limit);
    return new DescribeAccountLimitsOutput(page.items(), page.nextToken());
  }
}
