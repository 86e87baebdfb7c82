package dev.longshore.core.service;

import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.model.StageProgress;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ContinueServiceDeploymentRequest;
import dev.longshore.shapes.ecs.ContinueServiceDeploymentResponse;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookAction;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStatus;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeploymentNotFoundException;
import java.util.Objects;

/** Tells a deployment that pauses in one of its stages to go on, or to go back. */
public final class ContinueServiceDeployment
    implements Command<ContinueServiceDeploymentRequest, ContinueServiceDeploymentResponse> {
  @Override
  public ContinueServiceDeploymentResponse decide(
      Draft draft, ContinueServiceDeploymentRequest request, Context context) {
    String arn = ServiceArns.check(request.serviceDeploymentArn());
    ServiceDeployment row = draft.find(ServiceDeployment.KIND, arn);
    if (row == null) {
      throw new ServiceDeploymentNotFoundException("Service deployment not found.");
    }
    String action =
        Objects.requireNonNullElse(request.action(), DeploymentLifecycleHookAction.CONTINUE);
    if (!DeploymentLifecycleHookAction.VALUES.contains(action)) {
      throw new InvalidParameterException(
          "action should be one of ["
              + String.join(",", DeploymentLifecycleHookAction.VALUES)
              + ']');
    }
    String status =
        action.equals(DeploymentLifecycleHookAction.CONTINUE)
            ? DeploymentLifecycleHookStatus.SUCCEEDED
            : DeploymentLifecycleHookStatus.FAILED;
    StageProgress progress = row.status().isFinal() ? null : row.stages();
    StageHook hook = progress == null ? null : progress.awaited(request.hookId());
    if (progress == null || hook == null || !hook.isPause()) {
      throw new InvalidParameterException(
          "The service deployment has no lifecycle hook " + request.hookId() + " to be continued.");
    }
    draft.put(
        ServiceDeployment.KIND, row.edit().stages(progress.with(hook.ended(status, ""))).build());
    return ContinueServiceDeploymentResponse.builder().serviceDeploymentArn(arn).build();
  }
}
