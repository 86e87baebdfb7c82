package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Ends the running deployment of a service before its time: it is left as it stands, or the last
 * deployment that was completed takes its place again.
 */
final class Reversal {
  private static final String STOPPED = "Service deployment stopped by user request.";
  private static final String ROLLED_BACK =
      "Service deployment rolled back because of a stop request.";
  private static final String NOWHERE =
      "Service deployment stopped because no completed service deployment to roll back to exists.";

  private final Draft draft;
  private final Service service;
  private final ServiceDeployment deployment;
  private final Context context;

  private Reversal(Draft draft, Service service, ServiceDeployment deployment, Context context) {
    this.draft = draft;
    this.service = service;
    this.deployment = deployment;
    this.context = context;
  }

  /** The service as its next round finds it, whether a deployment had to be ended or not. */
  static Service of(Draft draft, Service service, Context context) {
    ServiceDeployment current = ServiceDeployments.current(draft, service);
    return current == null || current.status().isFinal()
        ? service
        : new Reversal(draft, service, current, context).run();
  }

  private Service run() {
    String id = service.primary().id();
    return switch (deployment.status()) {
      case PENDING -> {
        put(deployment.moved(DeploymentStatus.IN_PROGRESS, null, context.now()));
        yield service;
      }
      case STOP_REQUESTED -> stopped(STOPPED, "ECS deployment " + id + " stopped.");
      case ROLLBACK_REQUESTED -> {
        Deployment target = service.fallback();
        yield target == null
            ? stopped(NOWHERE, "ECS deployment " + id + " stopped.")
            : rolledBack(
                target,
                ROLLED_BACK,
                "ECS deployment rolling back to deploymentId " + target.id() + '.');
      }
      default -> service;
    };
  }

  private void put(ServiceDeployment row) {
    draft.put(ServiceDeployment.KIND, row);
  }

  /** No more tasks of it are started; all that there is stays. */
  private Service stopped(String reason, String rolloutReason) {
    put(deployment.moved(DeploymentStatus.STOPPED, reason, context.now()));
    List<Deployment> deployments = new ArrayList<>(service.deployments());
    deployments.set(0, service.primary().failed(rolloutReason, context.now()));
    return changed(service.edit().deployments(List.copyOf(deployments)).steadyAt(null).build());
  }

  private Service rolledBack(Deployment target, String reason, String rolloutReason) {
    ServiceRevision revision =
        Objects.requireNonNull(Revisions.find(draft, service, target), target.id());
    put(deployment.rollingBack(reason, revision.arn(), context.now()));
    List<Deployment> deployments = new ArrayList<>();
    deployments.add(target.restored(draft.total(Task.COUNTS, target.id()), context.now()));
    deployments.add(
        service.primary().failed(rolloutReason, context.now()).superseded(0, context.now()));
    for (Deployment older : service.older()) {
      if (!older.id().equals(target.id())) {
        deployments.add(older);
      }
    }
    ServiceEvents events = new ServiceEvents(draft, service, context);
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
