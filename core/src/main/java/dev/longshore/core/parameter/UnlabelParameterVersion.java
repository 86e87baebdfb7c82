package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ssm.UnlabelParameterVersionRequest;
import dev.longshore.shapes.ssm.UnlabelParameterVersionResult;
import java.util.ArrayList;
import java.util.List;

/** Takes labels from a version. */
public final class UnlabelParameterVersion
    implements Command<UnlabelParameterVersionRequest, UnlabelParameterVersionResult> {
  @Override
  public UnlabelParameterVersionResult decide(
      Draft draft, UnlabelParameterVersionRequest request, Context context) {
    StoredParameter parameter = Selector.of(draft, request.name()).parameter(draft);
    ParameterVersion version =
        LabelParameterVersion.version(draft, parameter, request.parameterVersion());
    List<String> left = new ArrayList<>(version.labels());
    List<String> removed = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String label : request.labels()) {
      (left.remove(label) ? removed : invalid).add(label);
    }
    draft.put(ParameterVersion.KIND, version.withLabels(left));
    return new UnlabelParameterVersionResult(removed, invalid);
  }
}
