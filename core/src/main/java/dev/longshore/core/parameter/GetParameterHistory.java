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
    var page = page(view, request);
    return new GetParameterHistoryResult(
        page.items().stream()
            .map(version -> answers.history(view, version, request.withDecryption(), context))
            .toList(),
        page.nextToken());
  }

  /** The versions that a call shows. */
  static ParameterPages.Page<ParameterVersion> page(View view, GetParameterHistoryRequest request) {
    StoredParameter parameter = Selector.of(view, request.name()).parameter(view);
    String after = ParameterPages.after(LISTING, request.nextToken());
    List<ParameterVersion> versions = new ArrayList<>();
    view.by(ParameterVersion.BY_PARAMETER, parameter.name(), after).forEach(versions::add);
    int size = request.maxResults() == null ? USUAL : request.maxResults();
    return ParameterPages.page(LISTING, versions, size, ParameterVersion.KIND::keyOf);
  }
}
