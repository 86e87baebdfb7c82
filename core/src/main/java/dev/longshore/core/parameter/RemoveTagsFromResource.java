package dev.longshore.core.parameter;

import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ssm.RemoveTagsFromResourceRequest;
import dev.longshore.shapes.ssm.RemoveTagsFromResourceResult;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Takes tags from a parameter. */
public final class RemoveTagsFromResource
    implements Command<RemoveTagsFromResourceRequest, RemoveTagsFromResourceResult> {
  @Override
  public RemoveTagsFromResourceResult decide(
      Draft draft, RemoveTagsFromResourceRequest request, Context context) {
    StoredParameter parameter =
        TaggedParameter.of(draft, request.resourceType(), request.resourceId());
    Map<String, String> tags = new TreeMap<>(parameter.tags());
    tags.keySet().removeAll(request.tagKeys());
    draft.put(StoredParameter.KIND, parameter.withTags(Collections.unmodifiableMap(tags)));
    return new RemoveTagsFromResourceResult();
  }
}
