package dev.longshore.core.parameter;

import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ssm.AddTagsToResourceRequest;
import dev.longshore.shapes.ssm.AddTagsToResourceResult;

/** Puts tags on a parameter. */
public final class AddTagsToResource
    implements Command<AddTagsToResourceRequest, AddTagsToResourceResult> {
  @Override
  public AddTagsToResourceResult decide(
      Draft draft, AddTagsToResourceRequest request, Context context) {
    StoredParameter parameter =
        TaggedParameter.of(draft, request.resourceType(), request.resourceId());
    draft.put(
        StoredParameter.KIND,
        parameter.withTags(ParameterRules.tagged(parameter.tags(), request.tags())));
    return new AddTagsToResourceResult();
  }
}
