package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.AddTagsInput;
import dev.longshore.shapes.elbv2.AddTagsOutput;

/** Tags load balancers, listeners, rules and target groups. */
public final class AddTags implements Command<AddTagsInput, AddTagsOutput> {
  @Override
  public AddTagsOutput decide(Draft draft, AddTagsInput request, Context context) {
    for (String arn : request.resourceArns()) {
      BalancingTags.change(draft, arn, tags -> BalancingTags.put(tags, request.tags()));
    }
    return new AddTagsOutput();
  }
}
