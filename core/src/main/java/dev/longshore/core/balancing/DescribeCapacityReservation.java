package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeCapacityReservationInput;
import dev.longshore.shapes.elbv2.DescribeCapacityReservationOutput;
import java.util.List;

/** Describes what of a load balancer's capacity is reserved, which is nothing. */
public final class DescribeCapacityReservation
    implements Query<DescribeCapacityReservationInput, DescribeCapacityReservationOutput> {
  @Override
  public DescribeCapacityReservationOutput answer(
      View view, DescribeCapacityReservationInput request, Context context) {
    LoadBalancers.existing(view, request.loadBalancerArn());
    return new DescribeCapacityReservationOutput(null, null, null, List.of());
  }
}
