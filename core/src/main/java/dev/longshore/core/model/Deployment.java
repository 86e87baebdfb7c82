package dev.longshore.core.model;

import java.time.Instant;

/**
 * One rollout of a service's specification; its id is the {@code startedBy} of its tasks.
 *
 * @param id {@code ecs-svc/} and 19 digits
 * @param status {@code PRIMARY} for the newest, {@code ACTIVE} for an older one with tasks left
 * @param failedTasks tasks in a row that failed to start or were found unhealthy
 * @param rolloutState {@code IN_PROGRESS}, {@code COMPLETED} or {@code FAILED}
 */
public record Deployment(
    String id,
    String status,
    String taskDefinitionArn,
    int failedTasks,
    String rolloutState,
    String rolloutStateReason,
    StartHistory starts,
    Instant createdAt,
    Instant updatedAt) {
  public static final String PRIMARY = "PRIMARY";
  public static final String ACTIVE = "ACTIVE";
  public static final String IN_PROGRESS = "IN_PROGRESS";
  public static final String COMPLETED = "COMPLETED";

  /** A service's newest deployment, of which nothing has happened yet. */
  public static Deployment begun(String id, String taskDefinitionArn, Instant now) {
    return new Deployment(
        id,
        PRIMARY,
        taskDefinitionArn,
        0,
        IN_PROGRESS,
        "ECS deployment " + id + " in progress.",
        StartHistory.NONE,
        now,
        now);
  }

  public boolean isCompleted() {
    return rolloutState.equals(COMPLETED);
  }

  /** This deployment once a newer one has taken its place. */
  public Deployment superseded(Instant now) {
    return new Deployment(
        id,
        ACTIVE,
        taskDefinitionArn,
        failedTasks,
        rolloutState,
        rolloutStateReason,
        starts,
        createdAt,
        now);
  }

  /** This deployment once all its tasks are healthy and no older ones are left. */
  public Deployment completed(Instant now) {
    return new Deployment(
        id,
        status,
        taskDefinitionArn,
        failedTasks,
        COMPLETED,
        "ECS deployment " + id + " completed.",
        starts,
        createdAt,
        now);
  }

  /** This deployment with its failures counted. */
  public Deployment withFailures(int tasks, StartHistory history) {
    return new Deployment(
        id,
        status,
        taskDefinitionArn,
        tasks,
        rolloutState,
        rolloutStateReason,
        history,
        createdAt,
        updatedAt);
  }
}
