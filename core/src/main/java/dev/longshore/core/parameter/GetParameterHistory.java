package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.GetParameterHistoryRequest;
import dev.longshore.shapes.ssm.GetParameterHistoryResult;
import java.util.ArrayList;
import java.util.List;

/** Shows the versions of a parameter, the oldest first. */
public final class GetParameterHistory
    implements Query<GetParameterHistoryRequest, GetParameterHistoryResult> {
  private static final String LISTING = "GetParameterHistory";
  private static final int USUAL = 50;

  private final ParameterAnswers answers;

  GetParameterHistory(ParameterAnswers answers) {
    this.answers = answers;
  }

  @Override
  public GetParameterHistoryResult answer(
      View view, GetParameterHistoryRequest request, Context context) {
    StoredParameter parameter = Selector.of(view, request.name()).parameter(view);
    String after = ParameterPages.after(LISTING, request.nextToken());
    List<ParameterVersion> versions = new ArrayList<>();
    view.by(ParameterVersion.BY_PARAMETER, parameter.name(), after).forEach(versions::add);
    int size = request.maxResults() == null ? USUAL : request.maxResults();
    var page = ParameterPages.page(LISTING, versions, size, ParameterVersion.KIND::keyOf);
    return new GetParameterHistoryResult(
        page.items().stream()
            .map(version -> answers.history(version, request.withDecryption()))
            .toList(),
        page.nextToken());
  }
}
