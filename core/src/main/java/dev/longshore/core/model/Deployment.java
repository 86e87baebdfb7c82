package dev.longshore.core.model;

import java.time.Instant;

/**
 * The tasks of one revision of a service; its id is their {@code startedBy}, and its digits are the
 * revision's number.
 *
 * @param id {@code ecs-svc/} and 19 digits
 * @param status {@code PRIMARY} for the one all tasks are to be of, else {@code ACTIVE}
 * @param desiredCount how many tasks an ACTIVE one that was completed is to keep for now; 0 for
 *     others
 * @param failedTasks tasks in a row that failed to start or were found unhealthy
 * @param rolloutState {@code IN_PROGRESS}, {@code COMPLETED} or {@code FAILED}
 */
public record Deployment(
    String id,
    String status,
    String taskDefinitionArn,
    int desiredCount,
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
  public static final String FAILED = "FAILED";

  /** A service's newest deployment, of which nothing has happened yet. */
  public static Deployment begun(String id, String taskDefinitionArn, Instant now) {
    return new Deployment(
        id,
        PRIMARY,
        taskDefinitionArn,
        0,
        0,
        IN_PROGRESS,
        inProgress(id),
        StartHistory.NONE,
        now,
        now);
  }

  private static String inProgress(String id) {
    return "ECS deployment " + id + " in progress.";
  }

  public boolean isCompleted() {
    return rolloutState.equals(COMPLETED);
  }

  /** Whether no more of its tasks are started for its own sake. */
  public boolean hasFailed() {
    return rolloutState.equals(FAILED);
  }

  /**
   * This deployment once another one has taken its place.
   *
   * @param wanted how many of its tasks are wanted at that time
   */
  public Deployment superseded(int wanted, Instant now) {
    return new Deployment(
        id,
        ACTIVE,
        taskDefinitionArn,
        isCompleted() ? wanted : 0,
        failedTasks,
        rolloutState,
        rolloutStateReason,
        starts,
        createdAt,
        now);
  }

  /**
   * This deployment once it takes the place of the one that replaced it: in progress again.
   *
   * @param counts its tasks' at that time; what failed before is forgotten
   */
  public Deployment restored(TaskCounts counts, Instant now) {
    return new Deployment(
        id,
        PRIMARY,
        taskDefinitionArn,
        0,
        0,
        IN_PROGRESS,
        inProgress(id),
        new StartHistory(counts.failed(), counts.proven(), 0, null),
        createdAt,
        now);
  }

  /** This deployment once all its tasks are healthy and no older ones are left. */
  public Deployment completed(Instant now) {
    return rolled(COMPLETED, "ECS deployment " + id + " completed.", now);
  }

  /** This deployment once it was given up. */
  public Deployment failed(String reason, Instant now) {
    return rolled(FAILED, reason, now);
  }

  private Deployment rolled(String state, String reason, Instant now) {
    return new Deployment(
        id,
        status,
        taskDefinitionArn,
        desiredCount,
        failedTasks,
        state,
        reason,
        starts,
        createdAt,
        now);
  }

  /** This deployment with so many of its tasks replaced for good. */
  public Deployment replaced(int tasks) {
    return tasks == 0 ? this : with(Math.max(0, desiredCount - tasks), failedTasks, starts);
  }

  /** This deployment with its failures counted. */
  public Deployment withFailures(int tasks, StartHistory history) {
    return with(desiredCount, tasks, history);
  }

  private Deployment with(int desired, int failed, StartHistory history) {
    return new Deployment(
        id,
        status,
        taskDefinitionArn,
        desired,
        failed,
        rolloutState,
        rolloutStateReason,
        history,
        createdAt,
        updatedAt);
  }
}
