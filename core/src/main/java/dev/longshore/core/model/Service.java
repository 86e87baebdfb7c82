package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.SchedulingStrategy;
import dev.longshore.shapes.ecs.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service: a wish for so many tasks of a task definition.
 *
 * @param status {@code ACTIVE}, {@code DRAINING} (deleted, tasks left) or {@code INACTIVE}
 * @param specification what the user asked for, as the API shows it: the service's shape without
 *     counts, deployments, events, status and tags
 * @param desiredCount tasks wanted; 0 once deleted
 * @param deployments the one that all tasks are to be of, then the older ones that have tasks left
 *     or are the last that was completed
 * @param eventCount how many events were ever written: the next event's number
 * @param steadyAt when the steady state was last announced; null while it is not reached
 * @param problems what stands in the way of the steady state and was announced
 * @param currentServiceDeployment the ARN of the newest {@link ServiceDeployment}
 */
public record Service(
    String arn,
    String name,
    String clusterArn,
    String status,
    dev.longshore.shapes.ecs.Service specification,
    int desiredCount,
    List<Deployment> deployments,
    long eventCount,
    @Nullable Instant steadyAt,
    List<ServiceProblem> problems,
    List<Tag> tags,
    Instant createdAt,
    String createdBy,
    @Nullable Instant inactiveAt,
    @Nullable String currentServiceDeployment) {
  public static final String ACTIVE = "ACTIVE";
  public static final String DRAINING = "DRAINING";
  public static final String INACTIVE = "INACTIVE";

  /** Keyed by ARN. */
  public static final Kind<Service> KIND = Kind.of("service", Service.class, Service::arn);

  /** Buckets {@code clusterArn status}. */
  public static final Index<Service> BY_CLUSTER_STATUS =
      KIND.index("clusterStatus", row -> row.clusterArn() + ' ' + row.status());

  /** Buckets by cluster ARN, of services for whose next task there was no room. */
  public static final Index<Service> SHORT_OF_ROOM =
      KIND.index("shortOfRoom", row -> row.isShortOfRoom() ? row.clusterArn() : null);

  /** Buckets by cluster ARN, of active services with one task on each instance. */
  public static final Index<Service> DAEMONS =
      KIND.index("daemons", row -> row.isActive() && row.isDaemon() ? row.clusterArn() : null);

  public boolean isActive() {
    return status.equals(ACTIVE);
  }

  /** Whether it has one task on each instance that may take it, however many those are. */
  public boolean isDaemon() {
    return SchedulingStrategy.DAEMON.equals(specification.schedulingStrategy());
  }

  /** Who decides about its deployments: {@code ECS}, {@code CODE_DEPLOY} or {@code EXTERNAL}. */
  public String controller() {
    DeploymentController controller = specification.deploymentController();
    return controller == null ? DeploymentControllerType.ECS : controller.type();
  }

  /** Whether its tasks are those of task sets, and it has no deployments of its own. */
  public boolean hasTaskSets() {
    return !controller().equals(DeploymentControllerType.ECS);
  }

  /** The deployment whose tasks replace those of all others. */
  public Deployment primary() {
    return deployments.getFirst();
  }

  /** The older deployments: those whose tasks are replaced. */
  public List<Deployment> older() {
    return deployments.subList(1, deployments.size());
  }

  /**
   * The older deployment that was completed last, to go back to; null: there is none, or there is
   * no way back any more since the newest one is completed.
   */
  public @Nullable Deployment fallback() {
    if (primary().isCompleted()) {
      return null;
    }
    for (Deployment deployment : older()) {
      if (deployment.isCompleted()) {
        return deployment;
      }
    }
    return null;
  }

  /** Whether there was no room for its next task. */
  public boolean isShortOfRoom() {
    for (ServiceProblem problem : problems) {
      if (problem.kind() == ServiceProblem.Kind.PLACEMENT) {
        return true;
      }
    }
    return false;
  }

  /** A copy to change. */
  public Editor edit() {
    return new Editor(this);
  }

  /** Changes the fields of a service that may change after it was made. */
  public static final class Editor {
    private final Service from;
    private String status;
    private dev.longshore.shapes.ecs.Service specification;
    private int desiredCount;
    private List<Deployment> deployments;
    private long eventCount;
    private @Nullable Instant steadyAt;
    private List<ServiceProblem> problems;
    private List<Tag> tags;
    private @Nullable Instant inactiveAt;
    private @Nullable String currentServiceDeployment;

    private Editor(Service service) {
      from = service;
      status = service.status;
      specification = service.specification;
      desiredCount = service.desiredCount;
      deployments = service.deployments;
      eventCount = service.eventCount;
      steadyAt = service.steadyAt;
      problems = service.problems;
      tags = service.tags;
      inactiveAt = service.inactiveAt;
      currentServiceDeployment = service.currentServiceDeployment;
    }

    public Editor specification(dev.longshore.shapes.ecs.Service value) {
      specification = value;
      return this;
    }

    public Editor desiredCount(int value) {
      desiredCount = value;
      return this;
    }

    public Editor deployments(List<Deployment> value) {
      deployments = value;
      return this;
    }

    public Editor eventCount(long value) {
      eventCount = value;
      return this;
    }

    public Editor steadyAt(@Nullable Instant value) {
      steadyAt = value;
      return this;
    }

    public Editor problems(List<ServiceProblem> value) {
      problems = value;
      return this;
    }

    public Editor tags(List<Tag> value) {
      tags = value;
      return this;
    }

    public Editor currentServiceDeployment(@Nullable String value) {
      currentServiceDeployment = value;
      return this;
    }

    /** Deleted: it wants no tasks any more. */
    public Editor draining() {
      status = DRAINING;
      desiredCount = 0;
      steadyAt = null;
      problems = List.of();
      return this;
    }

    /** The last of its tasks is stopping since that time. */
    public Editor inactive(Instant at) {
      status = INACTIVE;
      deployments = List.of();
      currentServiceDeployment = null;
      inactiveAt = at;
      return this;
    }

    /** The changed service. */
    public Service build() {
      return new Service(
          from.arn,
          from.name,
          from.clusterArn,
          status,
          specification,
          desiredCount,
          deployments,
          eventCount,
          steadyAt,
          problems,
          tags,
          from.createdAt,
          from.createdBy,
          inactiveAt,
          currentServiceDeployment);
    }
  }
}
