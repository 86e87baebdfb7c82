package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeTagsInput;
import dev.longshore.shapes.elbv2.DescribeTagsOutput;
import dev.longshore.shapes.elbv2.TagDescription;

/** Shows the tags of up to twenty things. */
public final class DescribeTags implements Query<DescribeTagsInput, DescribeTagsOutput> {
  private static final int MOST = 20;

  @Override
  public DescribeTagsOutput answer(View view, DescribeTagsInput request, Context context) {
    Faults.demand(
        request.resourceArns().size() <= MOST,
        "You can specify up to " + MOST + " resources in a single call");
    return new DescribeTagsOutput(
        request.resourceArns().stream()
            .map(arn -> new TagDescription(arn, BalancingTags.of(view, arn)))
            .toList());
  }
}
