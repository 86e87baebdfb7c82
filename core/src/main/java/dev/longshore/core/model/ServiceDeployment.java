package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.Rollback;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way of a service from some revisions to another: what was asked for, and how it went.
 *
 * @param arn sorts before those of the service's earlier deployments
 * @param number counts a service's deployments up from 0
 * @param sourceRevisionArns of the revisions that had tasks when it began
 * @param targetRevisionArn of the revision that all tasks are to be of
 * @param configuration the service's when it began, or since it was last updated
 * @param rollback where it went back to; null while it does not
 * @param startedAt null while it is PENDING
 * @param stoppedAt since when it is STOPPED
 * @param finishedAt since when its status is final
 */
public record ServiceDeployment(
    String arn,
    String serviceArn,
    String clusterArn,
    long number,
    List<String> sourceRevisionArns,
    String targetRevisionArn,
    DeploymentStatus status,
    @Nullable String statusReason,
    DeploymentConfiguration configuration,
    @Nullable Rollback rollback,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable Instant finishedAt,
    Instant updatedAt) {
  /** Keyed by ARN: the newest first within a service. */
  public static final Kind<ServiceDeployment> KIND =
      Kind.of("serviceDeployment", ServiceDeployment.class, ServiceDeployment::arn);

  /** Buckets by service ARN. */
  public static final Index<ServiceDeployment> BY_SERVICE =
      KIND.index("service", ServiceDeployment::serviceArn);

  /** A deployment of which nothing has happened yet. */
  public static ServiceDeployment pending(
      String arn,
      Service service,
      long number,
      List<String> sourceRevisionArns,
      String targetRevisionArn,
      DeploymentConfiguration configuration,
      Instant now) {
    return new ServiceDeployment(
        arn,
        service.arn(),
        service.clusterArn(),
        number,
        sourceRevisionArns,
        targetRevisionArn,
        DeploymentStatus.PENDING,
        null,
        configuration,
        null,
        now,
        null,
        null,
        null,
        now);
  }

  /**
   * This deployment with its next status.
   *
   * @throws IllegalStateException that status cannot follow
   */
  public ServiceDeployment moved(DeploymentStatus next, @Nullable String reason, Instant now) {
    if (!status.mayBecome(next)) {
      throw new IllegalStateException(arn + " cannot become " + next + " from " + status);
    }
    return new ServiceDeployment(
        arn,
        serviceArn,
        clusterArn,
        number,
        sourceRevisionArns,
        targetRevisionArn,
        next,
        reason,
        configuration,
        rollback,
        createdAt,
        startedAt == null && !next.isFinal() ? now : startedAt,
        next == DeploymentStatus.STOPPED ? now : stoppedAt,
        next.isFinal() ? now : finishedAt,
        now);
  }

  /** This deployment on its way back. */
  public ServiceDeployment rollingBack(String reason, String toRevisionArn, Instant now) {
    ServiceDeployment moved = moved(DeploymentStatus.ROLLBACK_IN_PROGRESS, reason, now);
    return new ServiceDeployment(
        arn,
        serviceArn,
        clusterArn,
        number,
        sourceRevisionArns,
        targetRevisionArn,
        moved.status,
        reason,
        configuration,
        new Rollback(reason, now, toRevisionArn),
        createdAt,
        moved.startedAt,
        stoppedAt,
        finishedAt,
        now);
  }

  /** This deployment as it goes on under another configuration. */
  public ServiceDeployment with(DeploymentConfiguration value) {
    return new ServiceDeployment(
        arn,
        serviceArn,
        clusterArn,
        number,
        sourceRevisionArns,
        targetRevisionArn,
        status,
        statusReason,
        value,
        rollback,
        createdAt,
        startedAt,
        stoppedAt,
        finishedAt,
        updatedAt);
  }
}
