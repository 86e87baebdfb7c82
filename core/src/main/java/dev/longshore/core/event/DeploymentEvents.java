package dev.longshore.core.event;

import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.ServiceDeployment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events of deployments. One turn may take a deployment through several statuses, of which its
 * row shows the last: what must have come before is told as well.
 */
final class DeploymentEvents {
  private static final String FAILED = "SERVICE_DEPLOYMENT_FAILED";
  private static final String IN_PROGRESS = "SERVICE_DEPLOYMENT_IN_PROGRESS";
  private static final String COMPLETED = "SERVICE_DEPLOYMENT_COMPLETED";
  private static final String NUMBERED = "ecs-svc/";

  private final List<EcsEvent> events = new ArrayList<>();
  private final ServiceDeployment after;
  private final Instant at;

  private DeploymentEvents(ServiceDeployment after, Instant at) {
    this.after = after;
    this.at = at;
  }

  static List<EcsEvent> of(
      @Nullable ServiceDeployment before, ServiceDeployment after, Instant at) {
    DeploymentEvents told = new DeploymentEvents(after, at);
    told.tell(before);
    return List.copyOf(told.events);
  }

  private void tell(@Nullable ServiceDeployment before) {
    String target = id(after.targetRevisionArn());
    if (before == null) {
      add(IN_PROGRESS, target, "ECS deployment " + target + " in progress.");
    }
    if (before != null && before.status() == after.status()) {
      return;
    }
    boolean cameBack = before != null && isBack(before.status());
    String back = after.rollback() == null ? null : after.rollback().serviceRevisionArn();
    switch (after.status()) {
      case SUCCESSFUL -> add(COMPLETED, target, "ECS deployment " + target + " completed.");
      case STOPPED -> failed(target);
      case ROLLBACK_IN_PROGRESS, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> {
        if (!cameBack && back != null) {
          failed(target);
          add(
              IN_PROGRESS,
              id(back),
              "ECS deployment " + cause() + ": rolling back to deploymentId " + id(back) + '.');
        }
        if (after.status() == DeploymentStatus.ROLLBACK_SUCCESSFUL && back != null) {
          add(COMPLETED, id(back), "ECS deployment " + id(back) + " completed.");
        }
      }
      case PENDING, IN_PROGRESS, STOP_REQUESTED, ROLLBACK_REQUESTED -> {}
    }
  }

  private static boolean isBack(DeploymentStatus status) {
    return switch (status) {
      case ROLLBACK_IN_PROGRESS, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> true;
      default -> false;
    };
  }

  /** Only breaker and alarms make a deployment fail; other ends are somebody's wish. */
  private void failed(String deployment) {
    switch (cause()) {
      case "circuit breaker" ->
          add(FAILED, deployment, "ECS deployment circuit breaker: task failed to start.");
      case "alarms" -> add(FAILED, deployment, "ECS deployment alarms: alarm detected.");
      default -> {}
    }
  }

  /** What ended it, as its row's reason says. */
  private String cause() {
    String reason = String.valueOf(after.statusReason());
    if (reason.contains("circuit breaker")) {
      return "circuit breaker";
    }
    if (reason.contains("alarm was detected")) {
      return "alarms";
    }
    return reason.contains("stop request") ? "stop request" : "lifecycle";
  }

  private void add(String name, String deployment, String reason) {
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("eventType", name.equals(FAILED) ? "ERROR" : "INFO");
    detail.put("eventName", name);
    detail.put("deploymentId", deployment);
    detail.put("updatedAt", Details.time(at));
    detail.put("reason", reason);
    events.add(new EcsEvent(EcsEvent.DEPLOYMENT, List.of(after.serviceArn()), at, detail));
  }

  /** A revision's number is that of its deployment. */
  private static String id(String revisionArn) {
    return NUMBERED + revisionArn.substring(revisionArn.lastIndexOf('/') + 1);
  }
}
