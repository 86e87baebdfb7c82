package dev.longshore.core.service;

import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DescribeServiceRevisionsRequest;
import dev.longshore.shapes.ecs.DescribeServiceRevisionsResponse;
import dev.longshore.shapes.ecs.Failure;
import java.util.ArrayList;
import java.util.List;

/** Describes up to twenty service revisions; those that are not there are failures. */
public final class DescribeServiceRevisions
    implements Query<DescribeServiceRevisionsRequest, DescribeServiceRevisionsResponse> {
  @Override
  public DescribeServiceRevisionsResponse answer(
      View view, DescribeServiceRevisionsRequest request, Context context) {
    List<dev.longshore.shapes.ecs.ServiceRevision> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String arn : ServiceArns.checked("serviceRevisionArns", request.serviceRevisionArns())) {
      ServiceRevision row = view.find(ServiceRevision.KIND, arn);
      if (row == null) {
        failures.add(ServiceArns.missing(arn));
      } else {
        found.add(row.shape());
      }
    }
    return DescribeServiceRevisionsResponse.builder()
        .serviceRevisions(found)
        .failures(failures)
        .build();
  }
}
