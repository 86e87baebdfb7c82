package dev.longshore.core.parameter;

import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.model.StoredParameter;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ssm.DescribeParametersRequest;
import dev.longshore.shapes.ssm.DescribeParametersResult;
import java.util.ArrayList;
import java.util.List;

/** Lists parameters, without their values. */
public final class DescribeParameters
    implements Query<DescribeParametersRequest, DescribeParametersResult> {
  private static final String LISTING = "DescribeParameters";
  private static final int USUAL = 50;

  @Override
  public DescribeParametersResult answer(
      View view, DescribeParametersRequest request, Context context) {
    ParameterFilter filter = ParameterFilter.of(request.filters(), request.parameterFilters());
    int size = request.maxResults() == null ? USUAL : request.maxResults();
    List<ParameterVersion> found = new ArrayList<>();
    String after = ParameterPages.after(LISTING, request.nextToken());
    for (StoredParameter parameter : view.after(StoredParameter.KIND, after)) {
      if (found.size() > size) {
        break;
      }
      ParameterVersion version = Selector.newest(view, parameter);
      if (filter.passes(parameter, version)) {
        found.add(version);
      }
    }
    var page = ParameterPages.page(LISTING, found, size, ParameterVersion::parameter);
    return new DescribeParametersResult(
        page.items().stream().map(row -> ParameterAnswers.metadata(row, context)).toList(),
        page.nextToken());
  }
}
