package dev.longshore.core.service;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClusterServiceConnectDefaults;
import dev.longshore.shapes.ecs.ListServicesByNamespaceRequest;
import dev.longshore.shapes.ecs.ListServicesByNamespaceResponse;
import dev.longshore.shapes.ecs.NamespaceNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Lists the active services, of all clusters, whose newest revision is in a namespace. Namespaces
 * are known by who names them: a revision, or a cluster as the one for its services.
 */
public final class ListServicesByNamespace
    implements Query<ListServicesByNamespaceRequest, ListServicesByNamespaceResponse> {
  private static final int LARGEST_PAGE = 100;
  private static final int USUAL_PAGE = 10;

  /**
   * @throws NamespaceNotFoundException nobody names it
   */
  @Override
  public ListServicesByNamespaceResponse answer(
      View view, ListServicesByNamespaceRequest request, Context context) {
    Paging paging =
        Paging.of(
            "ListServicesByNamespace",
            request.nextToken(),
            request.maxResults(),
            LARGEST_PAGE,
            USUAL_PAGE);
    String namespace = request.namespace();
    if (view.count(ServiceRevision.BY_NAMESPACE, namespace) == 0 && !isDefault(view, namespace)) {
      throw new NamespaceNotFoundException("The specified namespace wasn't found.");
    }
    Paging.Page<String> page =
        paging.page(
            view.by(ServiceRevision.BY_NAMESPACE, namespace, paging.after()),
            ServiceRevision::arn,
            revision -> service(view, revision));
    return ListServicesByNamespaceResponse.builder()
        .serviceArns(page.items())
        .nextToken(page.nextToken())
        .build();
  }

  private static @Nullable String service(View view, ServiceRevision revision) {
    Service service = view.find(Service.KIND, revision.serviceArn());
    boolean newest =
        service != null
            && service.isActive()
            && service.primary().id().equals(revision.deploymentId());
    return newest ? revision.serviceArn() : null;
  }

  private static boolean isDefault(View view, String namespace) {
    for (Cluster cluster : view.all(Cluster.KIND)) {
      ClusterServiceConnectDefaults defaults = cluster.serviceConnectDefaults();
      if (defaults != null && namespace.equals(defaults.namespace())) {
        return true;
      }
    }
    return false;
  }
}
