package dev.longshore.core.service;

import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeploymentNotFoundException;
import dev.longshore.shapes.ecs.StopServiceDeploymentRequest;
import dev.longshore.shapes.ecs.StopServiceDeploymentResponse;
import dev.longshore.shapes.ecs.StopServiceDeploymentStopType;
import java.util.Objects;

/**
 * Stops a running deployment of a service: it goes back to the last completed revision, or with
 * {@code ABORT} is left as it stands.
 */
public final class StopServiceDeployment
    implements Command<StopServiceDeploymentRequest, StopServiceDeploymentResponse> {
  @Override
  public StopServiceDeploymentResponse decide(
      Draft draft, StopServiceDeploymentRequest request, Context context) {
    String arn = ServiceArns.check(request.serviceDeploymentArn());
    ServiceDeployment row = draft.find(ServiceDeployment.KIND, arn);
    if (row == null) {
      throw new ServiceDeploymentNotFoundException("Service deployment not found.");
    }
    DeploymentStatus wanted =
        switch (Objects.requireNonNullElse(
            request.stopType(), StopServiceDeploymentStopType.ROLLBACK)) {
          case StopServiceDeploymentStopType.ROLLBACK -> DeploymentStatus.ROLLBACK_REQUESTED;
          case StopServiceDeploymentStopType.ABORT -> DeploymentStatus.STOP_REQUESTED;
          default ->
              throw new InvalidParameterException(
                  "stopType should be one of ["
                      + String.join(",", StopServiceDeploymentStopType.VALUES)
                      + ']');
        };
    if (!row.status().mayBecome(wanted)) {
      throw new ConflictException(
          "The service deployment cannot be stopped because its status is " + row.status() + '.');
    }
    draft.put(ServiceDeployment.KIND, row.moved(wanted, null, context.now()));
    return StopServiceDeploymentResponse.builder().serviceDeploymentArn(arn).build();
  }
}
