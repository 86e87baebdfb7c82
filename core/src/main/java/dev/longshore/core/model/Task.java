package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.Tally;
import dev.longshore.shapes.ecs.Attachment;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TaskOverride;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A task: one running (or once running) instance of a task definition.
 *
 * @param taskDefinitionArn with revision
 * @param containerInstanceArn where it was placed; null on Fargate and before placement
 * @param group {@code family:…} or {@code service:…} or what the caller chose
 * @param startedBy for a service's task the id of its deployment
 * @param serviceArn the service it belongs to, else null
 * @param stopping true once its desired status is STOPPED, which is for ever
 * @param cpu CPU units it holds on its instance
 * @param memory MiB it holds on its instance
 * @param ports static host ports it holds on its instance
 * @param networkInterfaces 1 with network mode awsvpc, else 0
 * @param version counts the changes of this row; the larger one is the newer
 * @param timeline when it passed each step
 * @param targetHealth what its targets' health comes to: {@link #HEALTHY}, {@link #UNHEALTHY} or
 *     {@link #UNKNOWN}; null where it is registered with no target group
 * @param protectedUntil scale-in protection's end, null where it is off
 */
public record Task(
    String arn,
    String id,
    String clusterArn,
    String taskDefinitionArn,
    @Nullable String containerInstanceArn,
    @Nullable String availabilityZone,
    String launchType,
    @Nullable String capacityProviderName,
    @Nullable String platformVersion,
    String group,
    @Nullable String startedBy,
    @Nullable String serviceArn,
    TaskStatus lastStatus,
    boolean stopping,
    String healthStatus,
    int cpu,
    int memory,
    List<HostPort> ports,
    int networkInterfaces,
    List<TaskContainer> containers,
    @Nullable TaskOverride overrides,
    List<Attachment> attachments,
    List<Attribute> attributes,
    List<Tag> tags,
    boolean enableExecuteCommand,
    @Nullable String stopCode,
    @Nullable String stoppedReason,
    TaskTimeline timeline,
    @Nullable Instant protectedUntil,
    @Nullable String targetHealth,
    long version) {
  public static final String HEALTHY = "HEALTHY";
  public static final String UNHEALTHY = "UNHEALTHY";
  public static final String UNKNOWN = "UNKNOWN";

  /** Keyed by ARN. */
  public static final Kind<Task> KIND = Kind.of("task", Task.class, Task::arn);

  /** Buckets {@code clusterArn desiredStatus}, desired status being RUNNING or STOPPED. */
  public static final Index<Task> BY_CLUSTER_DESIRED =
      KIND.index("clusterDesired", row -> row.clusterArn() + ' ' + row.desiredStatus());

  /** Buckets {@code clusterArn launchType lastStatus}: the counters of clusters. */
  public static final Index<Task> BY_CLUSTER_LAST =
      KIND.index(
          "clusterLast",
          row -> row.clusterArn() + ' ' + row.launchType() + ' ' + row.lastStatus().name());

  /** Buckets {@code containerInstanceArn}, of tasks that are not STOPPED. */
  public static final Index<Task> ON_INSTANCE =
      KIND.index("onInstance", row -> row.isStopped() ? null : row.containerInstanceArn());

  /** Buckets by deployment id, of services' tasks whose desired status is RUNNING. */
  public static final Index<Task> WANTED_OF_DEPLOYMENT =
      KIND.index("wantedOfDeployment", row -> row.isWanted() ? row.deploymentId() : null);

  /** Buckets by deployment id, of those wanted, RUNNING tasks that failed their health checks. */
  public static final Index<Task> UNHEALTHY_OF_DEPLOYMENT =
      KIND.index("unhealthyOfDeployment", row -> row.isUnhealthy() ? row.deploymentId() : null);

  /** Buckets {@code clusterArn group}, of tasks whose desired status is RUNNING. */
  public static final Index<Task> WANTED_IN_GROUP =
      KIND.index(
          "wantedInGroup", row -> row.stopping() ? null : row.clusterArn() + ' ' + row.group());

  /** Buckets {@code startedBy}. */
  public static final Index<Task> BY_STARTER = KIND.index("startedBy", Task::startedBy);

  /** Buckets {@code serviceArn}, STOPPED ones included. */
  public static final Index<Task> BY_SERVICE = KIND.index("service", Task::serviceArn);

  /** Buckets {@code taskDefinitionArn}, of tasks that are not STOPPED. */
  public static final Index<Task> LIVE_OF_DEFINITION =
      KIND.index("liveOfDefinition", row -> row.isStopped() ? null : row.taskDefinitionArn());

  /** What the tasks of each container instance hold of it. */
  public static final Tally<Task, InstanceUsage> USAGE =
      KIND.tally(
          row -> row.isStopped() ? null : row.containerInstanceArn(),
          Task::usage,
          InstanceUsage.NONE,
          InstanceUsage::plus,
          InstanceUsage::minus);

  /** Where the tasks of each deployment stand, by its id; STOPPED tasks included. */
  public static final Tally<Task, TaskCounts> COUNTS =
      KIND.tally(
          Task::deploymentId, TaskCounts::of, TaskCounts.NONE, TaskCounts::plus, TaskCounts::minus);

  /**
   * How many of a deployment's wanted, RUNNING tasks without health check started in each second,
   * by {@link #startedIn}: such a task counts as healthy once it has run for a while.
   */
  public static final Tally<Task, Integer> STARTED =
      KIND.tally(Task::secondOfStart, row -> 1, 0, Integer::sum, (sum, less) -> sum - less);

  /** The bucket of {@link #STARTED} for a second since the epoch. */
  public static String startedIn(String deploymentId, long second) {
    return deploymentId + ' ' + second;
  }

  private @Nullable String secondOfStart() {
    Instant startedAt = timeline.startedAt();
    String deployment = deploymentId();
    return deployment == null || startedAt == null || !runs() || isChecked()
        ? null
        : startedIn(deployment, startedAt.getEpochSecond());
  }

  /** The id of the deployment it belongs to; null for a task of no service. */
  public @Nullable String deploymentId() {
    return serviceArn == null ? null : startedBy;
  }

  /** Whether its desired status is RUNNING. */
  public boolean isWanted() {
    return !stopping && !isStopped();
  }

  private boolean runs() {
    return isWanted() && lastStatus == TaskStatus.RUNNING;
  }

  /** Whether its health is looked at: by its containers' checks, or by a load balancer's. */
  public boolean isChecked() {
    return targetHealth != null || hasHealthCheck();
  }

  private boolean hasHealthCheck() {
    for (TaskContainer container : containers) {
      if (container.essential() && container.hasHealthCheck()) {
        return true;
      }
    }
    return false;
  }

  /** Whether everything that looks at its health finds it healthy. */
  public boolean isFoundHealthy() {
    return (!hasHealthCheck() || healthStatus.equals(HEALTHY))
        && (targetHealth == null || targetHealth.equals(HEALTHY));
  }

  /** Whether anything that looks at its health finds it unhealthy. */
  public boolean isFoundUnhealthy() {
    return (hasHealthCheck() && healthStatus.equals(UNHEALTHY)) || UNHEALTHY.equals(targetHealth);
  }

  private boolean isUnhealthy() {
    return isFoundUnhealthy() && runs();
  }

  /** Whether its agent is to stop it: it is wanted stopped and has left its target groups. */
  public boolean mustStop() {
    return stopping && lastStatus != TaskStatus.DEACTIVATING;
  }

  /** Whether it stopped before it ever ran, and neither its user nor its service wanted that. */
  boolean failedToStart() {
    return isStopped() && timeline.startedAt() == null && "TaskFailedToStart".equals(stopCode);
  }

  /** {@code RUNNING} or {@code STOPPED}: what ECS wants of the task. */
  public String desiredStatus() {
    return stopping ? "STOPPED" : "RUNNING";
  }

  public boolean isStopped() {
    return lastStatus == TaskStatus.STOPPED;
  }

  private InstanceUsage usage() {
    return new InstanceUsage(
        cpu,
        memory,
        ports,
        containers.stream().flatMap(container -> container.gpuIds().stream()).sorted().toList(),
        networkInterfaces,
        stopping ? 0 : 1,
        lastStatus == TaskStatus.PENDING ? 1 : 0);
  }

  /** A copy to change; {@link Editor#build} counts the version up if anything changed. */
  public Editor edit() {
    return new Editor(this);
  }

  /** Changes the fields of a task that may change after it was made. */
  public static final class Editor {
    private final Task from;
    private @Nullable String containerInstanceArn;
    private @Nullable String availabilityZone;
    private TaskStatus lastStatus;
    private boolean stopping;
    private String healthStatus;
    private List<TaskContainer> containers;
    private List<Attachment> attachments;
    private List<Tag> tags;
    private @Nullable String stopCode;
    private @Nullable String stoppedReason;
    private TaskTimeline timeline;
    private @Nullable Instant protectedUntil;
    private @Nullable String targetHealth;

    private Editor(Task task) {
      from = task;
      containerInstanceArn = task.containerInstanceArn;
      availabilityZone = task.availabilityZone;
      lastStatus = task.lastStatus;
      stopping = task.stopping;
      healthStatus = task.healthStatus;
      containers = task.containers;
      attachments = task.attachments;
      tags = task.tags;
      stopCode = task.stopCode;
      stoppedReason = task.stoppedReason;
      timeline = task.timeline;
      protectedUntil = task.protectedUntil;
      targetHealth = task.targetHealth;
    }

    public Editor placed(String instanceArn, @Nullable String zone) {
      containerInstanceArn = instanceArn;
      availabilityZone = zone;
      return this;
    }

    public Editor lastStatus(TaskStatus value) {
      lastStatus = value;
      return this;
    }

    /** Sets the desired status to STOPPED. */
    public Editor stopping() {
      stopping = true;
      return this;
    }

    public Editor healthStatus(String value) {
      healthStatus = value;
      return this;
    }

    public Editor containers(List<TaskContainer> value) {
      containers = value;
      return this;
    }

    public Editor attachments(List<Attachment> value) {
      attachments = value;
      return this;
    }

    public Editor tags(List<Tag> value) {
      tags = value;
      return this;
    }

    public Editor stopCode(@Nullable String value) {
      stopCode = value;
      return this;
    }

    public Editor stoppedReason(@Nullable String value) {
      stoppedReason = value;
      return this;
    }

    public Editor timeline(TaskTimeline value) {
      timeline = value;
      return this;
    }

    public Editor protectedUntil(@Nullable Instant value) {
      protectedUntil = value;
      return this;
    }

    public Editor targetHealth(@Nullable String value) {
      targetHealth = value;
      return this;
    }

    /** The changed task, one version on; the same task where nothing was changed. */
    public Task build() {
      return changesNothing() ? from : changed();
    }

    private boolean changesNothing() {
      return lastStatus == from.lastStatus
          && stopping == from.stopping
          && healthStatus.equals(from.healthStatus)
          && containers.equals(from.containers)
          && timeline.equals(from.timeline)
          && attachments.equals(from.attachments)
          && tags.equals(from.tags)
          && Objects.equals(containerInstanceArn, from.containerInstanceArn)
          && Objects.equals(availabilityZone, from.availabilityZone)
          && Objects.equals(stopCode, from.stopCode)
          && Objects.equals(stoppedReason, from.stoppedReason)
          && Objects.equals(targetHealth, from.targetHealth)
          && Objects.equals(protectedUntil, from.protectedUntil);
    }

    private Task changed() {
      return new Task(
          from.arn,
          from.id,
          from.clusterArn,
          from.taskDefinitionArn,
          containerInstanceArn,
          availabilityZone,
          from.launchType,
          from.capacityProviderName,
          from.platformVersion,
          from.group,
          from.startedBy,
          from.serviceArn,
          lastStatus,
          stopping,
          healthStatus,
          from.cpu,
          from.memory,
          from.ports,
          from.networkInterfaces,
          containers,
          from.overrides,
          attachments,
          from.attributes,
          tags,
          from.enableExecuteCommand,
          stopCode,
          stoppedReason,
          timeline,
          protectedUntil,
          targetHealth,
          from.version + 1);
    }
  }
}
