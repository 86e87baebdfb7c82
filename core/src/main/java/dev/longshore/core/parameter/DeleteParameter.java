package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ssm.DeleteParameterRequest;
import dev.longshore.shapes.ssm.DeleteParameterResult;

/** Deletes a parameter with all its versions. */
public final class DeleteParameter
    implements Command<DeleteParameterRequest, DeleteParameterResult> {
  @Override
  public DeleteParameterResult decide(
      Draft draft, DeleteParameterRequest request, Context context) {
    if (!delete(draft, request.name())) {
      throw Selector.notFound();
    }
    return new DeleteParameterResult();
  }

  /** Whether there was such a parameter. */
  static boolean delete(Draft draft, String text) {
    String name = Selector.of(draft, text).name();
    if (draft.find(StoredParameter.KIND, name) == null) {
      return false;
    }
    for (ParameterVersion version : draft.by(ParameterVersion.BY_PARAMETER, name)) {
      draft.remove(ParameterVersion.KIND, ParameterVersion.KIND.keyOf(version));
    }
    draft.remove(StoredParameter.KIND, name);
    return true;
  }
}
