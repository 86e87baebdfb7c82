package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.ContainerImage;
import dev.longshore.shapes.ecs.Scale;
import dev.longshore.shapes.ecs.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one revision of a service whose deployments somebody else controls. That one says
 * how many percent of the service's desired count it has.
 *
 * @param id {@code ecs-svc/} and 19 digits; its tasks' {@code startedBy}
 * @param status {@code PRIMARY}, {@code ACTIVE}, or {@code DRAINING} once it is deleted
 * @param specification what its maker asked for, as the API shows it: without counts, statuses,
 *     times and tags
 * @param failedTasks tasks in a row that failed to start or were found unhealthy
 * @param steady whether all its tasks run and are healthy, and no others are left
 * @param steadyAt when that changed last
 * @param problems what stands in the way of the steady state and was announced
 * @param clientToken what its maker called the request; null: nothing
 * @param images what its containers' images stand for; null until one of its tasks has run
 */
public record TaskSet(
    String arn,
    String id,
    String serviceArn,
    String status,
    dev.longshore.shapes.ecs.TaskSet specification,
    int failedTasks,
    StartHistory starts,
    boolean steady,
    Instant steadyAt,
    List<ServiceProblem> problems,
    List<Tag> tags,
    @Nullable String clientToken,
    @Nullable List<ContainerImage> images,
    Instant createdAt,
    Instant updatedAt) {
  public static final String PRIMARY = "PRIMARY";
  public static final String ACTIVE = "ACTIVE";
  public static final String DRAINING = "DRAINING";

  private static final double WHOLE = 100;

  /** Keyed by ARN. */
  public static final Kind<TaskSet> KIND = Kind.of("taskSet", TaskSet.class, TaskSet::arn);

  /** Buckets by service ARN. */
  public static final Index<TaskSet> BY_SERVICE = KIND.index("service", TaskSet::serviceArn);

  /** The ARN of a service's task set. */
  public static String arnOf(String serviceArn, String id) {
    return serviceArn.replaceFirst(":service/", ":task-set/") + '/' + id;
  }

  /** A task set of which nothing has happened yet. */
  public static TaskSet begun(
      String id,
      String serviceArn,
      String status,
      dev.longshore.shapes.ecs.TaskSet specification,
      List<Tag> tags,
      @Nullable String clientToken,
      Instant now) {
    return new TaskSet(
        arnOf(serviceArn, id),
        id,
        serviceArn,
        status,
        specification,
        0,
        StartHistory.NONE,
        false,
        now,
        List.of(),
        tags,
        clientToken,
        null,
        now,
        now);
  }

  public boolean isPrimary() {
    return status.equals(PRIMARY);
  }

  public boolean isDraining() {
    return status.equals(DRAINING);
  }

  public String taskDefinitionArn() {
    return Objects.requireNonNull(specification.taskDefinition());
  }

  /** Percent of the service's desired count. */
  public double scale() {
    Scale scale = specification.scale();
    Double value = scale == null ? null : scale.value();
    return value == null ? 0 : value;
  }

  /** How many tasks it is to have, of a service that is to have so many; rounded up. */
  public int computedDesiredCount(int desiredCount) {
    return isDraining() ? 0 : (int) Math.ceil(desiredCount * scale() / WHOLE);
  }

  /** This task set with another status. */
  public TaskSet withStatus(String value, Instant now) {
    Copy copy = new Copy();
    copy.newStatus = value;
    copy.newUpdatedAt = now;
    return copy.made();
  }

  /** This task set with another scale; whether it is steady will have to be seen. */
  public TaskSet withScale(Scale value, Instant now) {
    Copy copy = new Copy();
    copy.newSpecification = specification.toBuilder().scale(value).build();
    copy.newSteady = false;
    copy.newSteadyAt = steady ? now : steadyAt;
    copy.newUpdatedAt = now;
    return copy.made();
  }

  /** This task set with other tags. */
  public TaskSet withTags(List<Tag> value) {
    Copy copy = new Copy();
    copy.newTags = value;
    return copy.made();
  }

  /** This task set with what its containers' images stand for. */
  public TaskSet withImages(List<ContainerImage> value) {
    Copy copy = new Copy();
    copy.newImages = value;
    return copy.made();
  }

  /** This task set after a look at its tasks. */
  public TaskSet seen(
      Deployment deployment, boolean isSteady, List<ServiceProblem> found, Instant now) {
    Copy copy = new Copy();
    copy.newFailedTasks = deployment.failedTasks();
    copy.newStarts = deployment.starts();
    copy.newSteady = isSteady;
    copy.newSteadyAt = isSteady == steady ? steadyAt : now;
    copy.newProblems = found;
    return copy.made();
  }

  /** A copy, of which some components are to be others. */
  private final class Copy {
    private String newStatus = status;
    private dev.longshore.shapes.ecs.TaskSet newSpecification = specification;
    private int newFailedTasks = failedTasks;
    private StartHistory newStarts = starts;
    private boolean newSteady = steady;
    private Instant newSteadyAt = steadyAt;
    private List<ServiceProblem> newProblems = problems;
    private List<Tag> newTags = tags;
    private @Nullable List<ContainerImage> newImages = images;
    private Instant newUpdatedAt = updatedAt;

    private TaskSet made() {
      return new TaskSet(
          arn,
          id,
          serviceArn,
          newStatus,
          newSpecification,
          newFailedTasks,
          newStarts,
          newSteady,
          newSteadyAt,
          newProblems,
          newTags,
          clientToken,
          newImages,
          createdAt,
          newUpdatedAt);
    }
  }

  /** Its tasks as a deployment has them: what starts, counts and stops tasks knows only those. */
  public Deployment asDeployment() {
    return new Deployment(
        id,
        Deployment.PRIMARY,
        taskDefinitionArn(),
        0,
        failedTasks,
        Deployment.IN_PROGRESS,
        "",
        starts,
        createdAt,
        updatedAt);
  }
}
