package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ClusterField;
import dev.longshore.shapes.ecs.UpdateClusterSettingsRequest;
import dev.longshore.shapes.ecs.UpdateClusterSettingsResponse;
import java.util.List;

/** Replaces the settings of a cluster that are named; the others stay. */
public final class UpdateClusterSettings
    implements Command<UpdateClusterSettingsRequest, UpdateClusterSettingsResponse> {
  @Override
  public UpdateClusterSettingsResponse decide(
      Draft draft, UpdateClusterSettingsRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    Cluster changed =
        cluster.withSettings(ClusterSettings.replaced(cluster.settings(), request.settings()));
    draft.put(Cluster.KIND, changed);
    return new UpdateClusterSettingsResponse(
        ClusterAnswers.of(draft, changed, List.of(ClusterField.SETTINGS)));
  }
}
