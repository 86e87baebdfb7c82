package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DeploymentAlarms;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the control of a service's deployments to somebody else. No task notices: the newest
 * deployment becomes the primary task set, or the other way round, and keeps its id, by which its
 * tasks know it.
 */
final class Migration {
  private final Draft draft;
  private final Service service;
  private final Context context;

  private Migration(Draft draft, Service service, Context context) {
    this.draft = draft;
    this.service = service;
    this.context = context;
  }

  /**
   * The service with the controller that is wanted.
   *
   * @param wanted null: as it is
   * @throws InvalidParameterException the one cannot follow the other, or not now
   */
  static Service of(
      Draft draft, Service service, @Nullable DeploymentController wanted, Context context) {
    String from = service.controller();
    String to = wanted == null ? from : Controllers.of(wanted);
    if (to.equals(from)) {
      return service;
    }
    Migration migration = new Migration(draft, service, context);
    migration.check(from, to);
    Service after =
        service
            .edit()
            .specification(
                service.specification().toBuilder()
                    .deploymentController(DeploymentController.builder().type(to).build())
                    .build())
            .build();
    if (to.equals(DeploymentControllerType.ECS)) {
      return migration.toDeployment(after);
    }
    return from.equals(DeploymentControllerType.ECS) ? migration.toTaskSet(after) : after;
  }

  private void check(String from, String to) {
    refuse(
        from.equals(DeploymentControllerType.EXTERNAL)
            && to.equals(DeploymentControllerType.CODE_DEPLOY),
        "The deployment controller cannot be changed from " + from + " to " + to + '.');
    if (from.equals(DeploymentControllerType.ECS)) {
      checkLeaving(to);
    } else {
      TaskSet primary = TaskSets.primary(draft, service);
      boolean settled = primary != null && primary.steady();
      refuse(
          !settled || TaskSets.of(draft, service).size() > 1,
          "The deployment controller cannot be changed unless the PRIMARY task set is the only one"
              + " and in a steady state.");
    }
  }

  private void checkLeaving(String to) {
    DeploymentConfiguration configuration = ServiceDeployments.configuration(service);
    DeploymentCircuitBreaker breaker = configuration.deploymentCircuitBreaker();
    DeploymentAlarms alarms = configuration.alarms();
    refuse(
        isDeploying(draft, service),
        "The deployment controller cannot be changed while a" + " deployment is in progress.");
    refuse(
        service.isDaemon(),
        "The deployment controller cannot be changed with the DAEMON scheduling strategy.");
    refuse(
        breaker != null && Boolean.TRUE.equals(breaker.enable()),
        "Deployment circuit breaker feature can only be enabled with ECS deployment controller.");
    refuse(
        alarms != null && Boolean.TRUE.equals(alarms.enable()),
        "Deployment alarms can only be enabled with ECS deployment controller.");
    refuse(
        Strategy.shiftsTraffic(configuration),
        "The deployment strategy "
            + Strategy.of(configuration)
            + " can only be used with ECS deployment controller.");
    refuse(
        to.equals(DeploymentControllerType.CODE_DEPLOY)
            && list(service.specification().loadBalancers()).isEmpty(),
        "The deployment controller CODE_DEPLOY needs a load balancer.");
  }

  private static boolean isDeploying(View view, Service service) {
    ServiceDeployment current = ServiceDeployments.current(view, service);
    return current != null && !current.status().isFinal();
  }

  private static void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new InvalidParameterException(message);
    }
  }

  private Service toTaskSet(Service after) {
    Deployment deployment = service.primary();
    draft.put(
        TaskSet.KIND,
        TaskSet.begun(
                deployment.id(),
                service.arn(),
                TaskSet.PRIMARY,
                Specification.taskSet(service.specification(), TaskSets.WHOLE),
                List.of(),
                null,
                context.now())
            .seen(deployment, false, List.of(), context.now()));
    return after
        .edit()
        .deployments(List.of())
        .currentServiceDeployment(null)
        .steadyAt(null)
        .build();
  }

  private Service toDeployment(Service after) {
    TaskSet primary = TaskSets.primary(draft, service);
    if (primary == null) {
      throw new InvalidParameterException("The service has no PRIMARY task set.");
    }
    // What its tasks' starts came to is known already, and no failure of this deployment.
    TaskCounts counts = draft.total(Task.COUNTS, primary.id());
    Deployment deployment =
        Deployment.begun(primary.id(), primary.taskDefinitionArn(), context.now())
            .restored(counts, context.now());
    Service adopted =
        after
            .edit()
            .specification(TaskSets.adopted(after.specification(), primary))
            .deployments(List.of(deployment))
            .build();
    draft.remove(TaskSet.KIND, primary.arn());
    Revisions.begin(
        draft, adopted, deployment, Revisions.content(adopted.specification()), context.now());
    return ServiceDeployments.begin(draft, adopted, List.of(), context);
  }
}
