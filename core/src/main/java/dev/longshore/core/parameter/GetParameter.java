package dev.longshore.core.parameter;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.GetParameterRequest;
import dev.longshore.shapes.ssm.GetParameterResult;

/** Shows one parameter. */
public final class GetParameter implements Query<GetParameterRequest, GetParameterResult> {
  private final ParameterAnswers answers;

  GetParameter(ParameterAnswers answers) {
    this.answers = answers;
  }

  @Override
  public GetParameterResult answer(View view, GetParameterRequest request, Context context) {
    Selector selector = Selector.of(view, request.name());
    return new GetParameterResult(
        answers.parameter(
            view, selector.version(view), selector.selector(), request.withDecryption(), context));
  }
}
