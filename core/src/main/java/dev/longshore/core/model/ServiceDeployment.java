package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.Rollback;
import dev.longshore.shapes.ecs.ServiceDeploymentCircuitBreaker;
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
 * @param ignoredAlarms those that were in ALARM already when it began
 * @param triggeredAlarms those that ended it
 * @param circuitBreaker how the breaker stood when it ended; null while it goes on
 * @param rollback where it went back to; null while it does not
 * @param bakingSince since when all its tasks run and only its alarms are waited for
 * @param stages how far it has come; null where it just replaces tasks
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
    List<String> ignoredAlarms,
    List<String> triggeredAlarms,
    @Nullable ServiceDeploymentCircuitBreaker circuitBreaker,
    @Nullable Rollback rollback,
    @Nullable Instant bakingSince,
    @Nullable StageProgress stages,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant stoppedAt,
    @Nullable Instant finishedAt,
    Instant updatedAt) {
  /** The one bucket of {@link #WATCHING}. */
  public static final String ALARMS = "alarms";

  /** The one bucket of {@link #ASKING}. */
  public static final String FUNCTIONS = "functions";

  /** Keyed by ARN: the newest first within a service. */
  public static final Kind<ServiceDeployment> KIND =
      Kind.of("serviceDeployment", ServiceDeployment.class, ServiceDeployment::arn);

  /** Buckets by service ARN. */
  public static final Index<ServiceDeployment> BY_SERVICE =
      KIND.index("service", ServiceDeployment::serviceArn);

  /** Deployments under way that alarms may end: all in the bucket {@link #ALARMS}. */
  public static final Index<ServiceDeployment> WATCHING =
      KIND.index("watching", row -> row.watchesAlarms() ? ALARMS : null);

  /** Deployments under way of which functions are to be asked: all in {@link #FUNCTIONS}. */
  public static final Index<ServiceDeployment> ASKING =
      KIND.index("asking", row -> row.asksFunctions() ? FUNCTIONS : null);

  /** A deployment of which nothing has happened yet. */
  public static ServiceDeployment pending(
      String arn,
      Service service,
      long number,
      List<String> sourceRevisionArns,
      String targetRevisionArn,
      DeploymentConfiguration configuration,
      List<String> ignoredAlarms,
      @Nullable StageProgress stages,
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
        ignoredAlarms,
        List.of(),
        null,
        null,
        null,
        stages,
        now,
        null,
        null,
        null,
        now);
  }

  private boolean watchesAlarms() {
    return !status.isFinal() && configuration.alarms() != null && configuration.alarms().enable();
  }

  private boolean asksFunctions() {
    return !status.isFinal() && stages != null && stages.asksFunctions();
  }

  /** A copy to change. */
  public Editor edit() {
    return new Editor(this);
  }

  /**
   * This deployment with its next status.
   *
   * @throws IllegalStateException that status cannot follow
   */
  public ServiceDeployment moved(DeploymentStatus next, @Nullable String reason, Instant now) {
    return edit().moved(next, reason, now).build();
  }

  /** Changes the fields of a service deployment that may change after it began. */
  public static final class Editor {
    private final ServiceDeployment from;
    private DeploymentStatus status;
    private @Nullable String statusReason;
    private DeploymentConfiguration configuration;
    private List<String> triggeredAlarms;
    private @Nullable ServiceDeploymentCircuitBreaker circuitBreaker;
    private @Nullable Rollback rollback;
    private @Nullable Instant bakingSince;
    private @Nullable StageProgress stages;
    private @Nullable Instant startedAt;
    private @Nullable Instant stoppedAt;
    private @Nullable Instant finishedAt;
    private Instant updatedAt;

    private Editor(ServiceDeployment row) {
      from = row;
      status = row.status;
      statusReason = row.statusReason;
      configuration = row.configuration;
      triggeredAlarms = row.triggeredAlarms;
      circuitBreaker = row.circuitBreaker;
      rollback = row.rollback;
      bakingSince = row.bakingSince;
      stages = row.stages;
      startedAt = row.startedAt;
      stoppedAt = row.stoppedAt;
      finishedAt = row.finishedAt;
      updatedAt = row.updatedAt;
    }

    /**
     * Its next status.
     *
     * @throws IllegalStateException that status cannot follow
     */
    public Editor moved(DeploymentStatus next, @Nullable String reason, Instant now) {
      if (!status.mayBecome(next)) {
        throw new IllegalStateException(from.arn + " cannot become " + next + " from " + status);
      }
      status = next;
      statusReason = reason;
      startedAt = startedAt == null && !next.isFinal() ? now : startedAt;
      stoppedAt = next == DeploymentStatus.STOPPED ? now : stoppedAt;
      finishedAt = next.isFinal() ? now : finishedAt;
      updatedAt = now;
      return this;
    }

    /** It goes back to that revision. */
    public Editor rollingBack(String reason, String toRevisionArn, Instant now) {
      rollback = new Rollback(reason, now, toRevisionArn);
      return moved(DeploymentStatus.ROLLBACK_IN_PROGRESS, reason, now);
    }

    public Editor configuration(DeploymentConfiguration value) {
      configuration = value;
      return this;
    }

    public Editor triggeredAlarms(List<String> value) {
      triggeredAlarms = value;
      return this;
    }

    public Editor circuitBreaker(ServiceDeploymentCircuitBreaker value) {
      circuitBreaker = value;
      return this;
    }

    public Editor bakingSince(@Nullable Instant value) {
      bakingSince = value;
      return this;
    }

    public Editor stages(@Nullable StageProgress value) {
      stages = value;
      return this;
    }

    /** The changed deployment. */
    public ServiceDeployment build() {
      return new ServiceDeployment(
          from.arn,
          from.serviceArn,
          from.clusterArn,
          from.number,
          from.sourceRevisionArns,
          from.targetRevisionArn,
          status,
          statusReason,
          configuration,
          from.ignoredAlarms,
          triggeredAlarms,
          circuitBreaker,
          rollback,
          bakingSince,
          stages,
          from.createdAt,
          startedAt,
          stoppedAt,
          finishedAt,
          updatedAt);
    }
  }
}
