package dev.longshore.core.tag;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ResourceNotFoundException;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TagResourceRequest;
import dev.longshore.shapes.ecs.TagResourceResponse;
import java.util.List;

/** Puts tags on a resource: values of the same key are replaced, other keys stay. */
public final class TagResource implements Command<TagResourceRequest, TagResourceResponse> {
  @Override
  public TagResourceResponse decide(Draft draft, TagResourceRequest request, Context context) {
    List<Tag> more = Tags.checked(request.tags());
    TaggedRow<?> row =
        TaggedRow.find(draft, context, request.resourceArn(), ResourceNotFoundException::new);
    row.put(draft, Tags.put(row.tags(), more));
    return new TagResourceResponse();
  }
}
