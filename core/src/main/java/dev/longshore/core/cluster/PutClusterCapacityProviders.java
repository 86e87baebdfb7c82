package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.ClusterField;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.PutClusterCapacityProvidersRequest;
import dev.longshore.shapes.ecs.PutClusterCapacityProvidersResponse;
import dev.longshore.shapes.ecs.ResourceInUseException;
import java.util.List;

/** Replaces a cluster's capacity providers and its default strategy; both lists may be empty. */
public final class PutClusterCapacityProviders
    implements Command<PutClusterCapacityProvidersRequest, PutClusterCapacityProvidersResponse> {
  @Override
  public PutClusterCapacityProvidersResponse decide(
      Draft draft, PutClusterCapacityProvidersRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    List<String> providers = ClusterCapacityProviders.checked(request.capacityProviders(), context);
    List<CapacityProviderStrategyItem> strategy =
        ClusterCapacityProviders.checkedStrategy(
            request.defaultCapacityProviderStrategy(), providers, context);
    for (String provider : cluster.capacityProviders()) {
      if (!providers.contains(provider) && isUsed(draft, cluster, provider)) {
        throw new ResourceInUseException(
            "The specified capacity provider is in use and cannot be removed.");
      }
    }
    Cluster changed = cluster.withCapacityProviders(providers, strategy);
    draft.put(Cluster.KIND, changed);
    return new PutClusterCapacityProvidersResponse(
        ClusterAnswers.of(draft, changed, List.of(ClusterField.ATTACHMENTS)));
  }

  private static boolean isUsed(View view, Cluster cluster, String provider) {
    return hasService(view, cluster, "ACTIVE", provider)
        || hasService(view, cluster, "DRAINING", provider)
        || hasTask(view, cluster, provider);
  }

  private static boolean hasService(View view, Cluster cluster, String status, String provider) {
    for (Service service : view.by(Service.BY_CLUSTER_STATUS, cluster.arn() + ' ' + status)) {
      List<CapacityProviderStrategyItem> strategy =
          service.specification().capacityProviderStrategy();
      if (strategy != null
          && strategy.stream().anyMatch(item -> item.capacityProvider().equals(provider))) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTask(View view, Cluster cluster, String provider) {
    for (TaskStatus status : TaskStatus.values()) {
      String bucket = cluster.arn() + ' ' + LaunchType.FARGATE + ' ' + status.name();
      for (Task task :
          status == TaskStatus.STOPPED ? List.<Task>of() : view.by(Task.BY_CLUSTER_LAST, bucket)) {
        if (provider.equals(task.capacityProviderName())) {
          return true;
        }
      }
    }
    return false;
  }
}
