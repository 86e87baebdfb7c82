package dev.longshore.core.parameter;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ssm.DeleteParametersRequest;
import dev.longshore.shapes.ssm.DeleteParametersResult;
import java.util.ArrayList;
import java.util.List;

/** Deletes several parameters; names that mean none are told. */
public final class DeleteParameters
    implements Command<DeleteParametersRequest, DeleteParametersResult> {
  @Override
  public DeleteParametersResult decide(
      Draft draft, DeleteParametersRequest request, Context context) {
    List<String> deleted = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : request.names()) {
      (DeleteParameter.delete(draft, name) ? deleted : invalid).add(name);
    }
    return new DeleteParametersResult(deleted, invalid);
  }
}
