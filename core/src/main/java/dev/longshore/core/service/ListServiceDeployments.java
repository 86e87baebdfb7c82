package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.CreatedAt;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListServiceDeploymentsRequest;
import dev.longshore.shapes.ecs.ListServiceDeploymentsResponse;
import dev.longshore.shapes.ecs.ServiceDeploymentBrief;
import dev.longshore.shapes.ecs.ServiceDeploymentStatus;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the deployments of a service, the newest first. */
public final class ListServiceDeployments
    implements Query<ListServiceDeploymentsRequest, ListServiceDeploymentsResponse> {
  private static final int LARGEST_PAGE = 100;
  private static final int USUAL_PAGE = 20;

  @Override
  public ListServiceDeploymentsResponse answer(
      View view, ListServiceDeploymentsRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    Service service = Services.get(view, context.place(), cluster, request.service());
    if (service.status().equals(Service.INACTIVE)) {
      throw new ServiceNotFoundException("Service not found.");
    }
    checkStatuses(list(request.status()));
    Paging paging =
        Paging.of(
            "ListServiceDeployments",
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE,
            USUAL_PAGE);
    Paging.Page<ServiceDeploymentBrief> page =
        paging.page(
            view.by(ServiceDeployment.BY_SERVICE, service.arn(), paging.after()),
            ServiceDeployment::arn,
            row -> matches(row, request, context.now()) ? DeploymentAnswers.brief(row) : null);
    return ListServiceDeploymentsResponse.builder()
        .serviceDeployments(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static void checkStatuses(List<String> statuses) {
    for (String status : statuses) {
      if (!ServiceDeploymentStatus.VALUES.contains(status)) {
        throw new InvalidParameterException(
            "status should be one of [" + String.join(",", ServiceDeploymentStatus.VALUES) + ']');
      }
    }
  }

  private static boolean matches(
      ServiceDeployment row, ListServiceDeploymentsRequest request, Instant now) {
    List<String> statuses = list(request.status());
    return ServiceDeployments.isShown(row, now)
        && (statuses.isEmpty() || statuses.contains(row.status().name()))
        && isWithin(row.createdAt(), request.createdAt());
  }

  private static boolean isWithin(Instant time, @Nullable CreatedAt range) {
    if (range == null) {
      return true;
    }
    Instant after = range.after();
    Instant before = range.before();
    return (after == null || time.isAfter(after)) && (before == null || time.isBefore(before));
  }
}
