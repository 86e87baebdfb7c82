package dev.longshore.core.service;

import dev.longshore.core.model.LifecycleStage;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.model.StageProgress;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
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

  private static final Duration LONGEST_DEPLOYMENT = Duration.ofDays(30);

  /** How long the data plane may take to follow a shift before nobody waits for it. */
  private static final Duration UNANSWERED = Duration.ofSeconds(10);

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

  /**
   * How a deployment begins: null where it just replaces tasks.
   *
   * @param sources how many revisions have tasks; there is something to reconcile beyond one
   */
  static @Nullable StageProgress begun(
      DeploymentConfiguration configuration, int sources, Context context) {
    if (!Strategy.shiftsTraffic(configuration)) {
      return null;
    }
    List<StageHook> hooks =
        sources > 1
            ? Hooks.of(configuration, LifecycleStage.RECONCILE_SERVICE, context)
            : List.of();
    return StageProgress.begun(hooks, context.now());
  }

  /**
   * How far a deployment has come that goes back: its traffic is where it was, and the hooks of
   * shifts that it had come to are told so. Those that had ended stay to be seen.
   */
  static StageProgress reversed(
      StageProgress progress, DeploymentConfiguration configuration, Context context) {
    List<StageHook> hooks = new ArrayList<>();
    progress.at(context.now()).hooks().stream()
        .filter(hook -> !hook.isAwaited())
        .forEach(hooks::add);
    for (LifecycleStage shift :
        List.of(LifecycleStage.PRODUCTION_TRAFFIC_SHIFT, LifecycleStage.TEST_TRAFFIC_SHIFT)) {
      // Beyond the first step all shifts were begun, in whatever stage the next step is.
      if (!progress.stage().isBefore(shift) || progress.step() > 0) {
        hooks.addAll(Hooks.of(configuration, shift, context));
      }
    }
    return progress.withHooks(List.copyOf(hooks)).shifted(0, 0, context.now());
  }

  /** Why hooks failed, in sentences with a blank before each; empty where they just said so. */
  static String failures(ServiceDeployment deployment) {
    StringBuilder failures = new StringBuilder();
    StageProgress progress = deployment.stages();
    for (StageHook hook : progress == null ? List.<StageHook>of() : progress.hooks()) {
      if (!hook.failure().isEmpty()) {
        failures.append(' ').append(hook.failure());
      }
    }
    return failures.toString();
  }

  /** Until when the functions are waited for that are told of a way back; null: for none. */
  static @Nullable Instant told(ServiceDeployment deployment, Instant now) {
    Instant last = null;
    StageProgress progress = deployment.stages();
    for (StageHook hook : progress == null ? List.<StageHook>of() : progress.at(now).hooks()) {
      if (hook.isAwaited() && (last == null || hook.expiresAt().isAfter(last))) {
        last = hook.expiresAt();
      }
    }
    return last;
  }

  /** Why a deployment cannot go on; null: it can. */
  static @Nullable String obstacle(ServiceDeployment deployment, Instant now) {
    StageProgress progress = deployment.stages();
    if (progress == null) {
      return null;
    }
    if (progress.at(now).hooks().stream().anyMatch(StageHook::isAgainst)) {
      return " because " + progress.stage() + " lifecycle hook(s) failed.";
    }
    if (!deployment.createdAt().plus(LONGEST_DEPLOYMENT).isAfter(now)) {
      return " because it took longer than 30 days.";
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

  /**
   * Goes on as far as can be.
   *
   * @param reconciled whether the tasks of the revision before stand as they should, and no others
   * @param scaledUp whether all tasks of the new revision are healthy
   * @return when to go on though nothing changed; null for never
   */
  @Nullable Instant advance(boolean reconciled, boolean scaledUp) {
    StageProgress progress = Objects.requireNonNull(deployment.stages()).at(context.now());
    StageProgress next = step(progress, reconciled, scaledUp);
    while (!next.equals(progress)) {
      progress = next;
      next = step(progress, reconciled, scaledUp);
    }
    draft.put(ServiceDeployment.KIND, deployment.edit().stages(progress).build());
    wakeAt(deployment.createdAt().plus(LONGEST_DEPLOYMENT));
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
    for (StageHook hook : progress.hooks()) {
      if (hook.isAwaited()) {
        wakeAt(hook.expiresAt());
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
        stage, step, Hooks.of(deployment.configuration(), stage, context), context.now());
  }

  private StageProgress arriving(StageProgress progress) {
    traffic.expect(draft, service, deployment.targetRevisionArn());
    return waiting(progress);
  }

  private StageProgress tested(StageProgress progress) {
    if (!shift(progress, Traffic.Kind.TEST, WHOLE)) {
      return waiting(progress);
    }
    return entered(progress.shifted(WHOLE, progress.productionWeight(), context.now()));
  }

  /** One step of the shift; after each but the last there is time to look. */
  private StageProgress shifted(StageProgress progress) {
    double weight = Strategy.weight(deployment.configuration(), progress.step());
    if (progress.shiftedAt() == null) {
      return shift(progress, Traffic.Kind.PRODUCTION, weight)
          ? progress.shifted(progress.testWeight(), weight, context.now())
          : waiting(progress);
    }
    if (weight == WHOLE) {
      return entered(progress);
    }
    Instant end = progress.shiftedAt().plus(Strategy.stepBakeTime(deployment.configuration()));
    if (end.isAfter(context.now())) {
      wakeAt(end);
      return progress;
    }
    return entered(progress, LifecycleStage.PRE_PRODUCTION_TRAFFIC_SHIFT, progress.step() + 1);
  }

  private StageProgress baked(StageProgress progress) {
    Instant end = progress.since().plus(Alarms.bakeTime(deployment.configuration()));
    if (end.isAfter(context.now())) {
      wakeAt(end);
      return progress;
    }
    return entered(progress);
  }

  /** Wants it so; where nobody says that it is so, that is believed after a while. */
  private boolean shift(StageProgress progress, Traffic.Kind kind, double percent) {
    if (traffic.shift(draft, service, deployment.targetRevisionArn(), kind, percent)) {
      return true;
    }
    Instant end = progress.since().plus(UNANSWERED);
    wakeAt(end);
    return !end.isAfter(context.now());
  }

  private void wakeAt(Instant time) {
    if (wakeAt == null || time.isBefore(wakeAt)) {
      wakeAt = time;
    }
  }
}
