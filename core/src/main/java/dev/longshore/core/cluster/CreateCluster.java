package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.tag.Tags;
import dev.longshore.shapes.ecs.ClusterField;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.CreateClusterResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;

/**
 * Creates a cluster. A second call with the name of an active cluster gives that cluster as it is;
 * the name of a deleted one gives a fresh cluster with the same ARN.
 */
public final class CreateCluster implements Command<CreateClusterRequest, CreateClusterResponse> {
  private static final List<String> SHOWN =
      List.of(ClusterField.SETTINGS, ClusterField.CONFIGURATIONS, ClusterField.TAGS);

  @Override
  public CreateClusterResponse decide(Draft draft, CreateClusterRequest request, Context context) {
    Cluster wanted = wanted(draft, request, context);
    Cluster there = draft.find(Cluster.KIND, wanted.arn());
    if (there == null || !there.active()) {
      draft.put(Cluster.KIND, wanted);
      return answer(draft, wanted);
    }
    checkSameProviders(there, wanted, request);
    return answer(draft, there);
  }

  private static Cluster wanted(Draft draft, CreateClusterRequest request, Context context) {
    String name = request.clusterName() == null ? Clusters.DEFAULT : request.clusterName();
    Clusters.checkName(name);
    List<String> providers =
        ClusterCapacityProviders.checked(Given.list(request.capacityProviders()), context);
    return new Cluster(
        Clusters.arnOf(context.place(), name),
        name,
        true,
        ClusterSettings.forNewCluster(draft, context, request.settings()),
        ClusterConfigurations.checked(request.configuration()),
        ServiceConnectDefaults.checked(request.serviceConnectDefaults()),
        providers,
        ClusterCapacityProviders.checkedStrategy(
            Given.list(request.defaultCapacityProviderStrategy()), providers, context),
        Tags.checked(request.tags()));
  }

  /** Of all parameters that may differ from the first call's, AWS minds the capacity providers. */
  private static void checkSameProviders(
      Cluster there, Cluster wanted, CreateClusterRequest request) {
    boolean providers =
        request.capacityProviders() == null
            || wanted.capacityProviders().equals(there.capacityProviders());
    boolean strategy =
        request.defaultCapacityProviderStrategy() == null
            || wanted
                .defaultCapacityProviderStrategy()
                .equals(there.defaultCapacityProviderStrategy());
    if (!providers || !strategy) {
      throw new InvalidParameterException(
          "Arguments on this idempotent request are inconsistent with arguments used in previous"
              + " request(s).");
    }
  }

  private static CreateClusterResponse answer(Draft draft, Cluster cluster) {
    return new CreateClusterResponse(ClusterAnswers.of(draft, cluster, SHOWN));
  }
}
