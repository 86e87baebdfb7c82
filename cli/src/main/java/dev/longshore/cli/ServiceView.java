package dev.longshore.cli;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import dev.longshore.shapes.ecs.Deployment;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.Service;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceDeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.ServiceEvent;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a service's deployment stands at one moment, for people and for programs.
 *
 * @param deployment the newest one; null for a service that has none any more
 */
record ServiceView(Service service, @Nullable ServiceDeployment deployment, Instant now) {
  private static final int BAR = 30;
  private static final int EVENTS = 5;

  /** Whether nothing more is to be expected of the deployment. */
  boolean isOver() {
    if (deployment == null) {
      return true;
    }
    return switch (requireNonNullElse(deployment.status(), "")) {
      case "SUCCESSFUL", "STOPPED", "ROLLBACK_SUCCESSFUL", "ROLLBACK_FAILED" -> true;
      default -> false;
    };
  }

  /** Whether the deployment reached what was asked for. */
  boolean isGood() {
    return deployment != null && "SUCCESSFUL".equals(deployment.status());
  }

  private List<Deployment> deployments() {
    return requireNonNullElse(service.deployments(), List.of());
  }

  private int desired() {
    return requireNonNullElse(service.desiredCount(), 0);
  }

  /** Fewer healthy tasks than that there must not be. */
  private int least() {
    DeploymentConfiguration bounds = service.deploymentConfiguration();
    Integer percent = bounds == null ? null : bounds.minimumHealthyPercent();
    return Math.ceilDiv(desired() * requireNonNullElse(percent, 100), 100);
  }

  /** More tasks than that there must not be. */
  private int most() {
    DeploymentConfiguration bounds = service.deploymentConfiguration();
    Integer percent = bounds == null ? null : bounds.maximumPercent();
    return desired() * requireNonNullElse(percent, 200) / 100;
  }

  /** How long it will take at the pace so far; null while there is no pace. */
  @Nullable Duration left() {
    Instant began = deployment == null ? null : deployment.startedAt();
    if (isOver() || began == null || deployments().isEmpty()) {
      return null;
    }
    int running = running(deployments().getFirst());
    int missing = desired() - running;
    if (running == 0 || missing < 0) {
      return null;
    }
    return Duration.between(began, now).multipliedBy(missing).dividedBy(running);
  }

  private static int running(Deployment deployment) {
    return requireNonNullElse(deployment.runningCount(), 0);
  }

  private static int pending(Deployment deployment) {
    return requireNonNullElse(deployment.pendingCount(), 0);
  }

  private static String definition(Deployment deployment) {
    String arn = requireNonNullElse(deployment.taskDefinition(), "");
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** As a screen shows it. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "service %s  %s  %d tasks desired, %d to %d allowed"
            .formatted(service.serviceName(), service.status(), desired(), least(), most()));
    lines.add(deployment == null ? "no deployment" : headline(deployment));
    for (Deployment each : deployments()) {
      boolean newest = "PRIMARY".equals(each.status());
      lines.add(
          "  %s  %-20s %s  %d running, %d pending"
              .formatted(
                  newest ? "new" : "old",
                  definition(each),
                  bar(running(each), pending(each)),
                  running(each),
                  pending(each)));
    }
    for (ServiceEvent event : events().reversed()) {
      lines.add("  " + requireNonNullElse(event.message(), ""));
    }
    return lines;
  }

  private String headline(ServiceDeployment row) {
    Instant began = requireNonNullElse(row.startedAt(), now);
    Instant end = requireNonNullElse(row.finishedAt(), now);
    StringBuilder line = new StringBuilder();
    line.append("deployment ").append(row.status());
    if (row.lifecycleStage() != null) {
      line.append(" (").append(row.lifecycleStage()).append(')');
    }
    line.append(" for ").append(Progress.seconds(Duration.between(began, end)));
    Duration left = left();
    if (left != null && !left.isZero()) {
      line.append(", about ").append(Progress.seconds(left)).append(" left");
    }
    ServiceDeploymentCircuitBreaker breaker = row.deploymentCircuitBreaker();
    if (breaker != null && requireNonNullElse(breaker.threshold(), 0) > 0) {
      line.append("; ")
          .append(breaker.failureCount())
          .append(" of ")
          .append(breaker.threshold())
          .append(" failures");
    } else if (failures() > 0) {
      line.append("; ").append(failures()).append(" failures");
    }
    if (row.statusReason() != null) {
      line.append("; ").append(row.statusReason());
    }
    return line.toString();
  }

  private int failures() {
    return deployments().isEmpty()
        ? 0
        : requireNonNullElse(deployments().getFirst().failedTasks(), 0);
  }

  private String bar(int running, int pending) {
    int whole = Math.max(1, Math.max(desired(), running + pending));
    int full = running * BAR / whole;
    int half = Math.min(BAR - full, pending * BAR / whole);
    return "[" + "#".repeat(full) + "+".repeat(half) + ".".repeat(BAR - full - half) + "]";
  }

  /** The newest ones, the newest first. */
  private List<ServiceEvent> events() {
    List<ServiceEvent> all = requireNonNullElse(service.events(), List.of());
    return all.subList(0, Math.min(EVENTS, all.size()));
  }

  /** The same for programs, with the time and how much of it is left. */
  Json.Fields timedJson() {
    Duration left = left();
    Json.Fields timed = json().with("time", Json.of(now.toString()));
    return left == null ? timed : timed.with("secondsLeft", Json.of(left.toSeconds()));
  }

  /** All that is no matter of time, so that what did not change can be told. */
  Json.Fields json() {
    Members members =
        new Members()
            .put("service", service.serviceName())
            .put("status", service.status())
            .put("desiredCount", desired())
            .put("leastHealthy", least())
            .put("mostTasks", most())
            .put("deployments", deployments(), ServiceView::json);
    if (deployment != null) {
      ServiceDeploymentCircuitBreaker breaker = deployment.deploymentCircuitBreaker();
      members
          .put("deployment", deployment.serviceDeploymentArn())
          .put("deploymentStatus", deployment.status())
          .put("deploymentReason", deployment.statusReason())
          .put("lifecycleStage", deployment.lifecycleStage())
          .put("failures", failures())
          .put("threshold", breaker == null ? null : breaker.threshold());
    }
    return members
        .put("events", events(), event -> Json.of(requireNonNull(event.message())))
        .json();
  }

  private static Json json(Deployment deployment) {
    return new Members()
        .put("id", deployment.id())
        .put("status", deployment.status())
        .put("taskDefinition", definition(deployment))
        .put("running", running(deployment))
        .put("pending", pending(deployment))
        .put("rolloutState", deployment.rolloutState())
        .json();
  }
}
