package dev.longshore.core.service;

import dev.longshore.core.model.LifecycleStage;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.StageProgress;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookAction;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookDetail;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Takes a deployment that shifts traffic from stage to stage. A stage is left when what it is for
 * is done and all its hooks were told to go on; what it waits for stands in rows alone.
 */
final class Stages {
  /** No stage may last longer, but for those that wait for a hook. */
  private static final Duration LONGEST = Duration.ofHours(24);

  private static final double WHOLE = 100;

  private final Draft draft;
  private final Service service;
  private final ServiceDeployment deployment;
  private final Traffic traffic;
  private final Context context;
  private @Nullable Instant wakeAt;

  Stages(
      Draft draft,
      Service service,
      ServiceDeployment deployment,
      Traffic traffic,
      Context context) {
    this.draft = draft;
    this.service = service;
    this.deployment = deployment;
    this.traffic = traffic;
    this.context = context;
  }

  /** How a deployment begins: null where it just replaces tasks. */
  static @Nullable StageProgress begun(DeploymentConfiguration configuration, Context context) {
    return Strategy.shiftsTraffic(configuration)
        ? StageProgress.begun(
            Strategy.hooks(
                configuration, LifecycleStage.RECONCILE_SERVICE, context.ids(), context.now()),
            context.now())
        : null;
  }

  /** Why a deployment cannot go on; null: it can. */
  static @Nullable String obstacle(ServiceDeployment deployment, Instant now) {
    StageProgress progress = deployment.stages();
    if (progress == null) {
      return null;
    }
    for (DeploymentLifecycleHookDetail hook : progress.hooks()) {
      boolean timedOut = isTimedOut(hook, now);
      if (DeploymentLifecycleHookStatus.FAILED.equals(hook.status())
          || (timedOut && DeploymentLifecycleHookAction.ROLLBACK.equals(hook.timeoutAction()))) {
        return " because " + progress.stage() + " lifecycle hook(s) failed.";
      }
    }
    boolean late =
        progress.hooks().isEmpty()
            && isShort(progress)
            && !progress.since().plus(LONGEST).isAfter(now);
    return late ? " because " + progress.stage() + " took longer than 24 hours." : null;
  }

  /** Whether it is not a stage's purpose to last. */
  private static boolean isShort(StageProgress progress) {
    return progress.stage() != LifecycleStage.BAKE_TIME
        && (progress.stage() != LifecycleStage.PRODUCTION_TRAFFIC_SHIFT
            || progress.shiftedAt() == null);
  }

  private static boolean isTimedOut(DeploymentLifecycleHookDetail hook, Instant now) {
    Instant end = hook.expiresAt();
    return DeploymentLifecycleHookStatus.AWAITING_ACTION.equals(hook.status())
        && end != null
        && !end.isAfter(now);
  }

  /**
   * Goes on as far as can be.
   *
   * @param reconciled whether the tasks of the revision before stand as they should, and no others
   * @param scaledUp whether all tasks of the new revision are healthy
   * @return when to go on though nothing changed; null for never
   */
  @Nullable Instant advance(boolean reconciled, boolean scaledUp) {
    StageProgress progress = Objects.requireNonNull(deployment.stages());
    StageProgress next = step(progress, reconciled, scaledUp);
    while (!next.equals(progress)) {
      progress = next;
      next = step(progress, reconciled, scaledUp);
    }
    draft.put(ServiceDeployment.KIND, deployment.edit().stages(progress).build());
    return wakeAt;
  }

  private StageProgress step(StageProgress progress, boolean reconciled, boolean scaledUp) {
    if (!hooksAreDone(progress)) {
      return progress;
    }
    return switch (progress.stage()) {
      case RECONCILE_SERVICE -> reconciled ? entered(progress) : waiting(progress);
      case SCALE_UP -> scaledUp ? entered(progress) : arriving(progress);
      case TEST_TRAFFIC_SHIFT -> tested(progress);
      case PRODUCTION_TRAFFIC_SHIFT -> shifted(progress);
      case BAKE_TIME -> baked(progress);
      case CLEAN_UP -> waiting(progress);
      case PRE_SCALE_UP,
          POST_SCALE_UP,
          POST_TEST_TRAFFIC_SHIFT,
          PRE_PRODUCTION_TRAFFIC_SHIFT,
          POST_PRODUCTION_TRAFFIC_SHIFT ->
          entered(progress);
    };
  }

  private boolean hooksAreDone(StageProgress progress) {
    boolean done = true;
    for (DeploymentLifecycleHookDetail hook : progress.hooks()) {
      if (DeploymentLifecycleHookStatus.AWAITING_ACTION.equals(hook.status())
          && !isTimedOut(hook, context.now())) {
        wakeAt(Objects.requireNonNull(hook.expiresAt()));
        done = false;
      }
    }
    return done;
  }

  private StageProgress waiting(StageProgress progress) {
    wakeAt(progress.since().plus(LONGEST));
    return progress;
  }

  private StageProgress entered(StageProgress progress) {
    return entered(progress, progress.stage().next(), progress.step());
  }

  private StageProgress entered(StageProgress progress, LifecycleStage stage, int step) {
    return progress.entered(
        stage,
        step,
        Strategy.hooks(deployment.configuration(), stage, context.ids(), context.now()),
        context.now());
  }

  private StageProgress arriving(StageProgress progress) {
    traffic.expect(draft, service, deployment.targetRevisionArn());
    return waiting(progress);
  }

  private StageProgress tested(StageProgress progress) {
    if (!shift(Traffic.Kind.TEST, WHOLE)) {
      return waiting(progress);
    }
    return entered(progress.shifted(WHOLE, progress.productionWeight(), context.now()));
  }

  /** One step of the shift; after each but the last there is time to look. */
  private StageProgress shifted(StageProgress progress) {
    List<Double> weights = Strategy.weights(deployment.configuration());
    int at = Math.min(progress.step(), weights.size() - 1);
    if (progress.shiftedAt() == null) {
      return shift(Traffic.Kind.PRODUCTION, weights.get(at))
          ? progress.shifted(progress.testWeight(), weights.get(at), context.now())
          : waiting(progress);
    }
    if (at == weights.size() - 1) {
      return entered(progress);
    }
    Instant end = progress.shiftedAt().plus(Strategy.stepBakeTime(deployment.configuration()));
    if (end.isAfter(context.now())) {
      wakeAt(end);
      return progress;
    }
    return entered(progress, LifecycleStage.PRE_PRODUCTION_TRAFFIC_SHIFT, at + 1);
  }

  private StageProgress baked(StageProgress progress) {
    Instant end = progress.since().plus(Alarms.bakeTime(deployment.configuration()));
    if (end.isAfter(context.now())) {
      wakeAt(end);
      return progress;
    }
    return entered(progress);
  }

  private boolean shift(Traffic.Kind kind, double percent) {
    return traffic.shift(draft, service, deployment.targetRevisionArn(), kind, percent);
  }

  private void wakeAt(Instant time) {
    if (wakeAt == null || time.isBefore(wakeAt)) {
      wakeAt = time;
    }
  }

  /** The hooks of a deployment after one of them was told what to do; empty: it awaits nothing. */
  static List<DeploymentLifecycleHookDetail> told(
      StageProgress progress, String hookId, String status) {
    List<DeploymentLifecycleHookDetail> hooks = new ArrayList<>();
    boolean found = false;
    for (DeploymentLifecycleHookDetail hook : progress.hooks()) {
      boolean meant =
          hookId.equals(hook.hookId())
              && DeploymentLifecycleHookStatus.AWAITING_ACTION.equals(hook.status());
      found |= meant;
      hooks.add(meant ? hook.toBuilder().status(status).build() : hook);
    }
    return found ? List.copyOf(hooks) : List.of();
  }
}
