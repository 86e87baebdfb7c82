package dev.longshore.core.model;

import dev.longshore.shapes.ecs.DeploymentLifecycleHookAction;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStatus;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One hook of a stage: a pause that somebody ends, or a function that is asked whether to go on.
 *
 * @param id how callers name it; behind its prefix, what a function knows its execution by
 * @param stage what the function is told the stage to be
 * @param functionArn null for a pause
 * @param roleArn whose rights the function is called with; empty for a pause
 * @param details what the function is told besides; empty for a pause
 * @param status one of {@link DeploymentLifecycleHookStatus}
 * @param expiresAt until when it may take
 * @param timeoutAction what happens then: one of {@link DeploymentLifecycleHookAction}
 * @param callAt when the function is to be asked; null where it is not asked any more
 * @param answers how many of its answers were taken
 * @param failure why it failed, where the function did not just say so; empty for nothing
 */
public record StageHook(
    String id,
    LifecycleStage stage,
    @Nullable String functionArn,
    String roleArn,
    Map<String, @Nullable Object> details,
    String status,
    Instant expiresAt,
    String timeoutAction,
    @Nullable Instant callAt,
    int answers,
    String failure) {
  private static final String PAUSE = "ecs-pause-";
  private static final String FUNCTION = "ecs-lambda-";

  /** A pause that begins. */
  public static StageHook pause(
      String uuid, LifecycleStage stage, Instant expiresAt, String timeoutAction) {
    return new StageHook(
        PAUSE + uuid,
        stage,
        null,
        "",
        Collections.emptyMap(),
        DeploymentLifecycleHookStatus.AWAITING_ACTION,
        expiresAt,
        timeoutAction,
        null,
        0,
        "");
  }

  /** A function that is to be asked from now on. */
  public static StageHook function(
      String uuid,
      LifecycleStage stage,
      String functionArn,
      String roleArn,
      Map<String, @Nullable Object> details,
      Instant expiresAt,
      String timeoutAction,
      Instant now) {
    return new StageHook(
        FUNCTION + uuid,
        stage,
        functionArn,
        roleArn,
        details,
        DeploymentLifecycleHookStatus.IN_PROGRESS,
        expiresAt,
        timeoutAction,
        now,
        0,
        "");
  }

  /** What a function knows this execution by, however often it is asked. */
  public String executionId() {
    return id.substring(FUNCTION.length());
  }

  /** Whether it says nothing yet about going on. */
  public boolean isAwaited() {
    return status.equals(DeploymentLifecycleHookStatus.AWAITING_ACTION)
        || status.equals(DeploymentLifecycleHookStatus.IN_PROGRESS);
  }

  /** Whether somebody has to tell it to go on. */
  public boolean isPause() {
    return functionArn == null;
  }

  /** Whether it wants the deployment to go back. */
  public boolean isAgainst() {
    return status.equals(DeploymentLifecycleHookStatus.FAILED)
        || (status.equals(DeploymentLifecycleHookStatus.TIMED_OUT)
            && timeoutAction.equals(DeploymentLifecycleHookAction.ROLLBACK));
  }

  /** This hook at a time that may be too late for it. */
  public StageHook at(Instant now) {
    return isAwaited() && !expiresAt.isAfter(now)
        ? ended(DeploymentLifecycleHookStatus.TIMED_OUT, "")
        : this;
  }

  /** This hook, which says something now; its function is not asked any more. */
  public StageHook ended(String newStatus, String newFailure) {
    return with(details, newStatus, null, answers + 1, newFailure);
  }

  /** This hook, whose function wants to be asked again with other details. */
  public StageHook again(Map<String, @Nullable Object> newDetails, Instant at) {
    return with(newDetails, status, at, answers + 1, "");
  }

  private StageHook with(
      Map<String, @Nullable Object> newDetails,
      String newStatus,
      @Nullable Instant newCallAt,
      int newAnswers,
      String newFailure) {
    return new StageHook(
        id,
        stage,
        functionArn,
        roleArn,
        newDetails,
        newStatus,
        expiresAt,
        timeoutAction,
        newCallAt,
        newAnswers,
        newFailure);
  }
}
