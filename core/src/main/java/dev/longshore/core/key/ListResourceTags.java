package dev.longshore.core.key;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.ListResourceTagsRequest;
import dev.longshore.shapes.kms.ListResourceTagsResponse;
import dev.longshore.shapes.kms.Tag;
import java.util.ArrayList;
import java.util.List;

/** Shows the tags of a key. */
public final class ListResourceTags
    implements Query<ListResourceTagsRequest, ListResourceTagsResponse> {
  @Override
  public ListResourceTagsResponse answer(
      View view, ListResourceTagsRequest request, Context context) {
    List<Tag> tags = new ArrayList<>();
    Keys.existing(view, request.keyId(), context)
        .tags()
        .forEach((key, value) -> tags.add(new Tag(key, value)));
    var page =
        KeyPages.page("ListResourceTags", tags, Tag::tagKey, request.marker(), request.limit());
    return new ListResourceTagsResponse(page.items(), page.marker(), page.marker() != null);
  }
}
