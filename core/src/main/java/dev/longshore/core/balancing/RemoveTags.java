package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.RemoveTagsInput;
import dev.longshore.shapes.elbv2.RemoveTagsOutput;

/** Takes tags away; a key that is not there is no error. */
public final class RemoveTags implements Command<RemoveTagsInput, RemoveTagsOutput> {
  @Override
  public RemoveTagsOutput decide(Draft draft, RemoveTagsInput request, Context context) {
    for (String arn : request.resourceArns()) {
      BalancingTags.change(draft, arn, tags -> BalancingTags.without(tags, request.tagKeys()));
    }
    return new RemoveTagsOutput();
  }
}
