package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.ServiceDeploymentRollbackMonitorsStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Ends the running deployment of a service before its time: it is left as it stands, or the last
 * deployment that was completed takes its place again.
 */
final class Reversal {
  /**
   * Why, in the words of each place where it is told.
   *
   * @param event behind {@code deployment failed:}; empty where no event is written
   * @param rollout how the rollout state's reason begins
   * @param detail how it ends for a deployment that is left as it stands
   * @param deployment what follows {@code Service deployment stopped} or {@code rolled back}
   */
  private record Cause(String event, String rollout, String detail, String deployment) {}

  private static final Cause REQUEST =
      new Cause("", "ECS deployment stop request: ", "stopped.", " because of a stop request.");
  private static final Cause BREAKER =
      new Cause(
          "tasks failed to start.",
          "ECS deployment circuit breaker: ",
          "tasks failed to start.",
          " because the circuit breaker threshold was exceeded.");
  private static final Cause ALARM =
      new Cause(
          "alarm detected.",
          "ECS deployment alarms: ",
          "alarm detected.",
          " because an alarm was detected.");

  private final Draft draft;
  private final Service service;
  private final ServiceDeployment deployment;
  private final Context context;
  private final CircuitBreaker breaker;
  private final Traffic traffic;

  private Reversal(
      Draft draft,
      Service service,
      ServiceDeployment deployment,
      Traffic traffic,
      Context context) {
    this.traffic = traffic;
    this.draft = draft;
    this.service = service;
    this.deployment = deployment;
    this.context = context;
    breaker = CircuitBreaker.of(ServiceDeployments.configuration(service));
  }

  /** The service as its next round finds it, whether a deployment had to be ended or not. */
  static Service of(Draft draft, Service service, Traffic traffic, Context context) {
    ServiceDeployment current = ServiceDeployments.current(draft, service);
    return current == null || current.status().isFinal()
        ? service
        : new Reversal(draft, service, current, traffic, context).run();
  }

  private Service run() {
    return switch (deployment.status()) {
      case PENDING -> begun();
      case STOP_REQUESTED -> ended(REQUEST, false);
      case ROLLBACK_REQUESTED -> ended(REQUEST, true);
      default -> judged();
    };
  }

  private Service begun() {
    draft.put(
        ServiceDeployment.KIND,
        deployment.moved(DeploymentStatus.IN_PROGRESS, null, context.now()));
    return service;
  }

  /** Whichever of breaker and alarms comes first. */
  private Service judged() {
    if (service.primary().hasFailed()) {
      return service;
    }
    if (breaker.isOpen(service, service.primary())) {
      return ended(BREAKER, breaker.rollsBack());
    }
    boolean watched = deployment.status() == DeploymentStatus.IN_PROGRESS;
    if (watched && !Alarms.ending(draft, deployment).isEmpty()) {
      return ended(ALARM, Alarms.rollsBack(deployment.configuration()));
    }
    String obstacle = watched ? Stages.obstacle(deployment, context.now()) : null;
    if (obstacle != null) {
      return ended(
          new Cause(
              "Service deployment rolled back" + obstacle + Stages.failures(deployment),
              "ECS deployment lifecycle: ",
              "stage failed.",
              obstacle),
          true);
    }
    return service;
  }

  private Service ended(Cause cause, boolean back) {
    ServiceEvents events = new ServiceEvents(draft, service, context);
    if (!cause.event().isEmpty()) {
      events.write(
          "(deployment " + service.primary().id() + ") deployment failed: " + cause.event());
    }
    Deployment target = back ? service.fallback() : null;
    return target == null ? left(cause, events) : rolledBack(cause, target, events);
  }

  /** What is known of breaker and alarms at this time. */
  private ServiceDeployment.Editor edited(Cause cause, boolean back) {
    String status =
        cause.equals(BREAKER)
            ? ServiceDeploymentRollbackMonitorsStatus.TRIGGERED
            : ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE;
    ServiceDeployment.Editor row = deployment.edit().circuitBreaker(breaker.shown(service, status));
    // Where there is nothing to go back to, traffic stays with the tasks that stay.
    if (deployment.stages() != null && back) {
      back(Traffic.Kind.PRODUCTION);
      back(Traffic.Kind.TEST);
      row.stages(Stages.reversed(deployment.stages(), deployment.configuration(), context));
    }
    return cause.equals(ALARM) ? row.triggeredAlarms(Alarms.ending(draft, deployment)) : row;
  }

  private void back(Traffic.Kind kind) {
    var _ = traffic.shift(draft, service, deployment.targetRevisionArn(), kind, 0);
  }

  /** No more tasks of it are started; all that there is stays. */
  private Service left(Cause cause, ServiceEvents events) {
    boolean wasBack = deployment.status() == DeploymentStatus.ROLLBACK_IN_PROGRESS;
    DeploymentStatus next = wasBack ? DeploymentStatus.ROLLBACK_FAILED : DeploymentStatus.STOPPED;
    draft.put(
        ServiceDeployment.KIND,
        edited(cause, false)
            .moved(next, "Service deployment stopped" + cause.deployment(), context.now())
            .build());
    List<Deployment> deployments = new ArrayList<>(service.deployments());
    deployments.set(0, service.primary().failed(cause.rollout() + cause.detail(), context.now()));
    return changed(
        service
            .edit()
            .deployments(List.copyOf(deployments))
            .eventCount(events.count())
            .steadyAt(null)
            .build());
  }

  private Service rolledBack(Cause cause, Deployment target, ServiceEvents events) {
    ServiceRevision revision =
        Objects.requireNonNull(Revisions.find(draft, service, target), target.id());
    draft.put(
        ServiceDeployment.KIND,
        edited(cause, true)
            .rollingBack(
                "Service deployment rolled back" + cause.deployment(),
                revision.arn(),
                context.now())
            .bakingSince(null)
            .build());
    String reason = cause.rollout() + "rolling back to deploymentId " + target.id() + '.';
    List<Deployment> deployments = new ArrayList<>();
    deployments.add(target.restored(draft.total(Task.COUNTS, target.id()), context.now()));
    deployments.add(service.primary().failed(reason, context.now()).superseded(0, context.now()));
    for (Deployment older : service.older()) {
      if (!older.id().equals(target.id())) {
        deployments.add(older);
      }
    }
    events.write("rolling back to deployment " + target.id() + '.');
    return changed(
        service
            .edit()
            .specification(Revisions.restored(service.specification(), revision))
            .deployments(List.copyOf(deployments))
            .eventCount(events.count())
            .steadyAt(null)
            .build());
  }

  private Service changed(Service after) {
    draft.put(Service.KIND, after);
    return after;
  }
}
