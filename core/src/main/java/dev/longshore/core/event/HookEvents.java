package dev.longshore.core.event;

import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.model.StageProgress;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStatus;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTargetType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of deployments' hooks. A hook that ended in the turn that left its stage is in the row
 * no more: that it let the deployment go on, or was too late to have a say, is told as well.
 */
final class HookEvents {
  private HookEvents() {}

  static List<EcsEvent> of(
      @Nullable ServiceDeployment before, ServiceDeployment after, Instant at) {
    Map<String, StageHook> known = hooks(before);
    Map<String, StageHook> now = hooks(after);
    List<EcsEvent> events = new ArrayList<>();
    known.forEach((id, hook) -> {
      if (hook.isAwaited() && !now.containsKey(id) && after.rollback() == null) {
        StageHook late = hook.at(at);
        String status = late.isAwaited() ? DeploymentLifecycleHookStatus.SUCCEEDED : late.status();
        events.add(event(after, hook, status, at));
      }
    });
    now.forEach((id, hook) -> {
      StageHook earlier = known.get(id);
      if (earlier == null || !earlier.status().equals(hook.status())) {
        events.add(event(after, hook, hook.status(), at));
      }
    });
    return events;
  }

  private static Map<String, StageHook> hooks(@Nullable ServiceDeployment row) {
    Map<String, StageHook> hooks = new LinkedHashMap<>();
    StageProgress progress = row == null ? null : row.stages();
    if (progress != null) {
      progress.hooks().forEach(hook -> hooks.put(hook.id(), hook));
    }
    return hooks;
  }

  private static EcsEvent event(ServiceDeployment row, StageHook hook, String status, Instant at) {
    boolean bad =
        status.equals(DeploymentLifecycleHookStatus.FAILED)
            || status.equals(DeploymentLifecycleHookStatus.TIMED_OUT);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("eventType", bad ? "ERROR" : "INFO");
    detail.put("eventName", "HOOK_" + status);
    detail.put("hookId", hook.id());
    detail.put(
        "hookType",
        hook.isPause()
            ? DeploymentLifecycleHookTargetType.PAUSE
            : DeploymentLifecycleHookTargetType.AWS_LAMBDA);
    detail.put("expiresAt", Details.time(hook.expiresAt()));
    detail.put("lifecycleStage", hook.stage().name());
    detail.put("clusterArn", row.clusterArn());
    detail.put("serviceArn", row.serviceArn());
    detail.put("serviceDeploymentArn", row.arn());
    detail.put("updatedAt", Details.time(at));
    return new EcsEvent(EcsEvent.HOOK, List.of(row.arn()), at, detail);
  }
}
