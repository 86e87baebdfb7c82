package dev.longshore.core.tag;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListTagsForResourceRequest;
import dev.longshore.shapes.ecs.ListTagsForResourceResponse;

/** Lists the tags of a resource. */
public final class ListTagsForResource
    implements Query<ListTagsForResourceRequest, ListTagsForResourceResponse> {
  @Override
  public ListTagsForResourceResponse answer(
      View view, ListTagsForResourceRequest request, Context context) {
    // Unlike the other two actions, this one has no ResourceNotFoundException in AWS's model.
    TaggedRow<?> row =
        TaggedRow.find(view, context, request.resourceArn(), InvalidParameterException::new);
    return new ListTagsForResourceResponse(row.tags());
  }
}
