package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeListenerAttributesInput;
import dev.longshore.shapes.elbv2.DescribeListenerAttributesOutput;
import dev.longshore.shapes.elbv2.ListenerAttribute;

/** Shows all attributes of a listener, set or not. */
public final class DescribeListenerAttributes
    implements Query<DescribeListenerAttributesInput, DescribeListenerAttributesOutput> {
  @Override
  public DescribeListenerAttributesOutput answer(
      View view, DescribeListenerAttributesInput request, Context context) {
    dev.longshore.core.model.Listener row = Listeners.existing(view, request.listenerArn());
    return new DescribeListenerAttributesOutput(
        Listeners.attributes(row).shown(row.attributes(), ListenerAttribute::new));
  }
}
