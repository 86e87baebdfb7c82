package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.DescribeContainerInstancesRequest;
import dev.longshore.shapes.ecs.DescribeContainerInstancesResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Describes up to a hundred container instances; those that are not there become failures. */
public final class DescribeContainerInstances
    implements Query<DescribeContainerInstancesRequest, DescribeContainerInstancesResponse> {
  private static final int MAX = 100;

  @Override
  public DescribeContainerInstancesResponse answer(
      View view, DescribeContainerInstancesRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    List<String> asked = request.containerInstances();
    if (asked.isEmpty()) {
      throw new ClientException("Container Instances cannot be empty.");
    }
    if (asked.size() > MAX) {
      throw new InvalidParameterException(
          "At most 100 container instances may be specified in a single call.");
    }
    List<dev.longshore.shapes.ecs.ContainerInstance> found = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : new LinkedHashSet<>(asked)) {
      ContainerInstance instance = ContainerInstances.find(view, context, cluster, idOrArn);
      if (instance == null) {
        String arn = ContainerInstances.arn(context, cluster, idOrArn);
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      } else {
        found.add(InstanceAnswers.of(view, instance, Given.list(request.include())));
      }
    }
    return new DescribeContainerInstancesResponse(found, failures);
  }
}
