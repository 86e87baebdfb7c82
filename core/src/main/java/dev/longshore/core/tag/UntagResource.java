package dev.longshore.core.tag;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ResourceNotFoundException;
import dev.longshore.shapes.ecs.UntagResourceRequest;
import dev.longshore.shapes.ecs.UntagResourceResponse;

/** Takes tags off a resource; keys that it does not have are ignored. */
public final class UntagResource implements Command<UntagResourceRequest, UntagResourceResponse> {
  @Override
  public UntagResourceResponse decide(Draft draft, UntagResourceRequest request, Context context) {
    TaggedRow<?> row =
        TaggedRow.find(draft, context, request.resourceArn(), ResourceNotFoundException::new);
    row.put(draft, Tags.without(row.tags(), request.tagKeys()));
    return new UntagResourceResponse();
  }
}
