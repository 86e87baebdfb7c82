package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ClusterConfiguration;
import dev.longshore.shapes.ecs.ClusterField;
import dev.longshore.shapes.ecs.UpdateClusterRequest;
import dev.longshore.shapes.ecs.UpdateClusterResponse;
import java.util.List;

/** Changes what is given of a cluster's settings, configuration and default namespace. */
public final class UpdateCluster implements Command<UpdateClusterRequest, UpdateClusterResponse> {
  private static final List<String> SHOWN =
      List.of(ClusterField.SETTINGS, ClusterField.CONFIGURATIONS);

  @Override
  public UpdateClusterResponse decide(Draft draft, UpdateClusterRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    cluster =
        cluster.withSettings(ClusterSettings.replaced(cluster.settings(), request.settings()));
    ClusterConfiguration configuration = ClusterConfigurations.checked(request.configuration());
    if (configuration != null) {
      cluster = cluster.withConfiguration(configuration);
    }
    if (request.serviceConnectDefaults() != null) {
      cluster =
          cluster.withServiceConnectDefaults(
              ServiceConnectDefaults.checked(request.serviceConnectDefaults()));
    }
    draft.put(Cluster.KIND, cluster);
    return new UpdateClusterResponse(ClusterAnswers.of(draft, cluster, SHOWN));
  }
}
