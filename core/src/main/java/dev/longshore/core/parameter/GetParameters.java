package dev.longshore.core.parameter;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.GetParametersRequest;
import dev.longshore.shapes.ssm.GetParametersResult;
import dev.longshore.shapes.ssm.Parameter;
import dev.longshore.shapes.ssm.ParameterNotFound;
import dev.longshore.shapes.ssm.ParameterVersionNotFound;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Shows several parameters; names that mean none are told beside them. */
public final class GetParameters implements Query<GetParametersRequest, GetParametersResult> {
  private final ParameterAnswers answers;

  GetParameters(ParameterAnswers answers) {
    this.answers = answers;
  }

  @Override
  public GetParametersResult answer(View view, GetParametersRequest request, Context context) {
    List<Parameter> found = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : new LinkedHashSet<>(request.names())) {
      Selector selector = Selector.of(view, name);
      try {
        found.add(
            answers.parameter(
                view,
                selector.version(view),
                selector.selector(),
                request.withDecryption(),
                context));
      } catch (ParameterNotFound | ParameterVersionNotFound missing) {
        invalid.add(name);
      }
    }
    return new GetParametersResult(found, invalid);
  }
}
