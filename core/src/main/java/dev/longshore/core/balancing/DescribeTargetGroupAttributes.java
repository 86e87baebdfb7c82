package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeTargetGroupAttributesInput;
import dev.longshore.shapes.elbv2.DescribeTargetGroupAttributesOutput;
import dev.longshore.shapes.elbv2.TargetGroupAttribute;

/** Shows all attributes of a target group, set or not. */
public final class DescribeTargetGroupAttributes
    implements Query<DescribeTargetGroupAttributesInput, DescribeTargetGroupAttributesOutput> {
  @Override
  public DescribeTargetGroupAttributesOutput answer(
      View view, DescribeTargetGroupAttributesInput request, Context context) {
    dev.longshore.core.model.TargetGroup row =
        TargetGroups.existing(view, request.targetGroupArn());
    return new DescribeTargetGroupAttributesOutput(
        (row.isHttp() ? AttributeRules.HTTP_GROUP : AttributeRules.NETWORK_GROUP)
            .shown(row.attributes(), TargetGroupAttribute::new));
  }
}
