package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DescribeClustersRequest;
import dev.longshore.shapes.ecs.DescribeClustersResponse;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Describes clusters; without names, the cluster {@code default}. Deleted clusters are still shown,
 * as INACTIVE; those that never were are failures.
 */
public final class DescribeClusters
    implements Query<DescribeClustersRequest, DescribeClustersResponse> {
  private static final int MOST = 100;

  @Override
  public DescribeClustersResponse answer(
      View view, DescribeClustersRequest request, Context context) {
    List<String> include = Given.list(request.include());
    List<dev.longshore.shapes.ecs.Cluster> clusters = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String arn : arns(request, context)) {
      Cluster cluster = view.find(Cluster.KIND, arn);
      if (cluster == null) {
        failures.add(Failure.builder().arn(arn).reason("MISSING").build());
      } else {
        clusters.add(ClusterAnswers.of(view, cluster, include));
      }
    }
    return new DescribeClustersResponse(clusters, failures);
  }

  private static Set<String> arns(DescribeClustersRequest request, Context context) {
    List<String> asked = request.clusters();
    if (asked == null || asked.isEmpty()) {
      asked = List.of(Clusters.DEFAULT);
    }
    if (asked.size() > MOST) {
      throw new InvalidParameterException("Clusters can not have more than " + MOST + " elements.");
    }
    Set<String> arns = new LinkedHashSet<>();
    for (String nameOrArn : asked) {
      if (nameOrArn.isBlank()) {
        throw new InvalidParameterException("Clusters can not be blank.");
      }
      arns.add(Arn.isMeant(nameOrArn) ? nameOrArn : Clusters.arnOf(context.place(), nameOrArn));
    }
    return arns;
  }
}
