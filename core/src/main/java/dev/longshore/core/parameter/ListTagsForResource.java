package dev.longshore.core.parameter;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.ListTagsForResourceRequest;
import dev.longshore.shapes.ssm.ListTagsForResourceResult;
import dev.longshore.shapes.ssm.Tag;
import java.util.ArrayList;
import java.util.List;

/** Shows the tags of a parameter. */
public final class ListTagsForResource
    implements Query<ListTagsForResourceRequest, ListTagsForResourceResult> {
  @Override
  public ListTagsForResourceResult answer(
      View view, ListTagsForResourceRequest request, Context context) {
    List<Tag> tags = new ArrayList<>();
    TaggedParameter.of(view, request.resourceType(), request.resourceId())
        .tags()
        .forEach((key, value) -> tags.add(new Tag(key, value)));
    return new ListTagsForResourceResult(tags);
  }
}
