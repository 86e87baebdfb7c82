package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.placement.language.Expression;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ContainerInstanceStatus;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListContainerInstancesRequest;
import dev.longshore.shapes.ecs.ListContainerInstancesResponse;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ARNs of a cluster's instances, without a status all but the INACTIVE ones, and of these
 * the ones that the filter, an expression of the cluster query language, means.
 */
public final class ListContainerInstances
    implements Query<ListContainerInstancesRequest, ListContainerInstancesResponse> {
  private static final int PAGE = 100;

  @Override
  public ListContainerInstancesResponse answer(
      View view, ListContainerInstancesRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    Paging paging =
        Paging.of("ListContainerInstances", request.nextToken(), request.maxResults(), PAGE, PAGE);
    String filter = Given.text(request.filter());
    Expression wanted = filter.isEmpty() ? null : Expression.compile(filter);
    Paging.Page<String> page =
        paging.page(
            rows(view, cluster, request.status(), paging.after()),
            ContainerInstance::arn,
            row -> isListed(view, row, wanted) ? row.arn() : null);
    return new ListContainerInstancesResponse(page.items(), page.nextToken());
  }

  private static boolean isListed(View view, ContainerInstance row, @Nullable Expression wanted) {
    return !row.isInactive() && (wanted == null || wanted.matches(new InstanceSubject(view, row)));
  }

  private static Iterable<ContainerInstance> rows(
      View view, Cluster cluster, @Nullable String status, @Nullable String after) {
    if (status == null) {
      return view.by(ContainerInstance.BY_CLUSTER, cluster.arn(), after);
    }
    if (!ContainerInstanceStatus.VALUES.contains(status)) {
      throw new InvalidParameterException(
          "Container instance status should be one of " + ContainerInstanceStatus.VALUES);
    }
    return view.by(ContainerInstance.BY_CLUSTER_STATUS, cluster.arn() + ' ' + status, after);
  }
}
