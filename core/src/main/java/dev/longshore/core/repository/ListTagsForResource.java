package dev.longshore.core.repository;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ListTagsForResourceRequest;
import dev.longshore.shapes.ecr.ListTagsForResourceResponse;

/** Lists the tags of a repository. */
public final class ListTagsForResource
    implements Query<ListTagsForResourceRequest, ListTagsForResourceResponse> {

  @Override
  public ListTagsForResourceResponse answer(
      View view, ListTagsForResourceRequest request, Context context) {
    return new ListTagsForResourceResponse(
        TaggedRepository.of(view, request.resourceArn(), context).tags());
  }
}
