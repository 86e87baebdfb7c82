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
  /** All of these hold; what has no limit here, as targets of one zone, is not listed. */
  private static final List<Limit> LIMITS =
      List.of(
          limit("target-groups", CreateTargetGroup.MOST),
          limit("targets-per-application-load-balancer", Targets.MOST_OF_APPLICATION),
          limit("listeners-per-application-load-balancer", CreateListener.MOST),
          limit("rules-per-application-load-balancer", CreateRule.MOST),
          limit("network-load-balancers", AddressPool.MOST),
          limit("targets-per-network-load-balancer", Targets.MOST_OF_NETWORK),
          limit("listeners-per-network-load-balancer", CreateListener.MOST),
          limit("condition-values-per-alb-rule", Conditions.MOST_VALUES),
          limit("condition-wildcards-per-alb-rule", Conditions.MOST_WILDCARDS),
          limit("target-groups-per-application-load-balancer", Forwardings.MOST_GROUPS),
          limit("target-groups-per-action-on-application-load-balancer", Actions.MOST_GROUPS),
          limit("target-groups-per-action-on-network-load-balancer", Actions.MOST_GROUPS),
          limit("certificates-per-application-load-balancer", AddListenerCertificates.MOST),
          limit("certificates-per-network-load-balancer", AddListenerCertificates.MOST),
          limit("targets-per-target-group", Targets.MOST),
          limit(
              "target-id-registrations-per-application-load-balancer", Targets.MOST_OF_APPLICATION),
          limit("application-load-balancers", AddressPool.MOST));

  private static Limit limit(String name, int most) {
    return new Limit(name, Integer.toString(most));
  }

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
