package dev.longshore.core.instance;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.UpdateContainerInstancesStateRequest;
import dev.longshore.shapes.ecs.UpdateContainerInstancesStateResponse;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Sets up to ten instances ACTIVE or DRAINING; the state that one has already is no change. */
public final class UpdateContainerInstancesState
    implements Command<
        UpdateContainerInstancesStateRequest, UpdateContainerInstancesStateResponse> {
  private static final int MAX = 10;

  @Override
  public UpdateContainerInstancesStateResponse decide(
      Draft draft, UpdateContainerInstancesStateRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    check(request);
    List<dev.longshore.shapes.ecs.ContainerInstance> changed = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : new LinkedHashSet<>(request.containerInstances())) {
      ContainerInstance instance = ContainerInstances.find(draft, context, cluster, idOrArn);
      if (instance == null || instance.isInactive()) {
        failures.add(
            Failure.builder()
                .arn(ContainerInstances.arn(context, cluster, idOrArn))
                .reason(instance == null ? "MISSING" : "INACTIVE")
                .build());
        continue;
      }
      ContainerInstance updated = updated(instance, request.status());
      draft.put(ContainerInstance.KIND, updated);
      changed.add(InstanceAnswers.of(draft, updated, List.of()));
    }
    return new UpdateContainerInstancesStateResponse(changed, failures);
  }

  private static ContainerInstance updated(ContainerInstance instance, String status) {
    return instance.status().equals(status) ? instance : instance.edit().status(status).build();
  }

  private static void check(UpdateContainerInstancesStateRequest request) {
    String status = request.status();
    if (!status.equals(ContainerInstance.ACTIVE) && !status.equals(ContainerInstance.DRAINING)) {
      throw new InvalidParameterException(
          "Container instance status should be one of [ACTIVE, DRAINING]");
    }
    if (request.containerInstances().isEmpty()) {
      throw new InvalidParameterException("Container Instances cannot be empty.");
    }
    if (request.containerInstances().size() > MAX) {
      throw new InvalidParameterException(
          "At most 10 container instances may be specified in a single call.");
    }
  }
}
