package dev.longshore.core.service;

import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DescribeServiceDeploymentsRequest;
import dev.longshore.shapes.ecs.DescribeServiceDeploymentsResponse;
import dev.longshore.shapes.ecs.Failure;
import java.util.ArrayList;
import java.util.List;

/** Describes up to twenty service deployments; those that are not there are failures. */
public final class DescribeServiceDeployments
    implements Query<DescribeServiceDeploymentsRequest, DescribeServiceDeploymentsResponse> {
  @Override
  public DescribeServiceDeploymentsResponse answer(
      View view, DescribeServiceDeploymentsRequest request, Context context) {
    List<dev.longshore.shapes.ecs.ServiceDeployment> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String arn :
        ServiceArns.checked("serviceDeploymentArns", request.serviceDeploymentArns())) {
      ServiceDeployment row = view.find(ServiceDeployment.KIND, arn);
      if (row == null || !ServiceDeployments.isShown(row, context.now())) {
        failures.add(ServiceArns.missing(arn));
      } else {
        found.add(DeploymentAnswers.deployment(view, row));
      }
    }
    return DescribeServiceDeploymentsResponse.builder()
        .serviceDeployments(found)
        .failures(failures)
        .build();
  }
}
