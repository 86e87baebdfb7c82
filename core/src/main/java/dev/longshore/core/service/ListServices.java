package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ListServicesRequest;
import dev.longshore.shapes.ecs.ListServicesResponse;
import dev.longshore.shapes.ecs.ResourceManagementType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lists the ARNs of a cluster's active services; a deleted one is gone from it at once. */
public final class ListServices implements Query<ListServicesRequest, ListServicesResponse> {
  private static final int LARGEST_PAGE = 100;
  private static final int USUAL_PAGE = 10;

  @Override
  public ListServicesResponse answer(View view, ListServicesRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    Paging paging =
        Paging.of(
            "ListServices", request.nextToken(), request.maxResults(), LARGEST_PAGE, USUAL_PAGE);
    String active = cluster.arn() + ' ' + Service.ACTIVE;
    Paging.Page<String> page =
        paging.page(
            view.by(Service.BY_CLUSTER_STATUS, active, paging.after()),
            Service::arn,
            service -> matches(service, request) ? service.arn() : null);
    return ListServicesResponse.builder()
        .serviceArns(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static boolean matches(Service service, ListServicesRequest request) {
    var specification = service.specification();
    return matches(request.launchType(), specification.launchType())
        && matches(request.schedulingStrategy(), specification.schedulingStrategy())
        && matches(request.resourceManagementType(), ResourceManagementType.CUSTOMER);
  }

  private static boolean matches(@Nullable String wanted, @Nullable String value) {
    return wanted == null || Objects.equals(wanted, value);
  }
}
