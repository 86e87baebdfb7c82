package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.LifecycleStage;
import dev.longshore.core.operation.Ids;
import dev.longshore.shapes.ecs.CanaryConfiguration;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentLifecycleHook;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookAction;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookDetail;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStage;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStatus;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTargetType;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTimeoutConfiguration;
import dev.longshore.shapes.ecs.DeploymentStrategy;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LinearConfiguration;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads how a deployment is to go about it: at once, or by shifts of traffic in steps. */
final class Strategy {
  private static final int MOST_MINUTES = 1_440;
  private static final int MOST_PAUSE_MINUTES = 20_160;
  private static final int MOST_HOOKS = 10;
  private static final double WHOLE = 100;
  private static final double LEAST_STEP = 3;
  private static final double LEAST_CANARY = 0.1;
  private static final List<String> NO_PAUSE =
      List.of(
          DeploymentLifecycleHookStage.TEST_TRAFFIC_SHIFT,
          DeploymentLifecycleHookStage.PRODUCTION_TRAFFIC_SHIFT);

  private Strategy() {}

  static String of(@Nullable DeploymentConfiguration configuration) {
    String strategy = configuration == null ? null : configuration.strategy();
    return Objects.requireNonNullElse(strategy, DeploymentStrategy.ROLLING);
  }

  static boolean shiftsTraffic(@Nullable DeploymentConfiguration configuration) {
    return !of(configuration).equals(DeploymentStrategy.ROLLING);
  }

  /**
   * @throws InvalidParameterException it breaks a rule
   * @throws UnsupportedFeatureException it asks for what there is not yet
   */
  static void check(dev.longshore.shapes.ecs.Service specification, Traffic traffic) {
    DeploymentConfiguration configuration =
        Objects.requireNonNull(specification.deploymentConfiguration());
    if (shiftsTraffic(configuration)) {
      traffic.check(specification, of(configuration));
    }
    check(configuration);
  }

  private static void check(DeploymentConfiguration configuration) {
    if (!DeploymentStrategy.VALUES.contains(of(configuration))) {
      throw new InvalidParameterException(
          "strategy should be one of [" + String.join(",", DeploymentStrategy.VALUES) + ']');
    }
    checkMinutes("bakeTimeInMinutes", configuration.bakeTimeInMinutes(), 0, MOST_MINUTES);
    if (of(configuration).equals(DeploymentStrategy.BLUE_GREEN)
        && configuration.bakeTimeInMinutes() == null) {
      throw new InvalidParameterException(
          "bakeTimeInMinutes must be specified with the deployment strategy BLUE_GREEN.");
    }
    LinearConfiguration linear = configuration.linearConfiguration();
    if (linear != null) {
      checkPercent("stepPercent", linear.stepPercent(), LEAST_STEP);
      checkMinutes("stepBakeTimeInMinutes", linear.stepBakeTimeInMinutes(), 0, MOST_MINUTES);
    }
    CanaryConfiguration canary = configuration.canaryConfiguration();
    if (canary != null) {
      checkPercent("canaryPercent", canary.canaryPercent(), LEAST_CANARY);
      checkMinutes("canaryBakeTimeInMinutes", canary.canaryBakeTimeInMinutes(), 0, MOST_MINUTES);
    }
    List<DeploymentLifecycleHook> hooks = list(configuration.lifecycleHooks());
    if (hooks.size() > MOST_HOOKS) {
      throw new InvalidParameterException(
          "A deployment cannot have more than " + MOST_HOOKS + " PAUSE hooks.");
    }
    hooks.forEach(Strategy::check);
  }

  private static void check(DeploymentLifecycleHook hook) {
    if (!DeploymentLifecycleHookTargetType.PAUSE.equals(hook.targetType())) {
      throw new UnsupportedFeatureException(
          "Lifecycle hooks that call functions are not supported yet.");
    }
    for (String stage : list(hook.lifecycleStages())) {
      if (!DeploymentLifecycleHookStage.VALUES.contains(stage) || NO_PAUSE.contains(stage)) {
        throw new InvalidParameterException(
            "A PAUSE hook cannot be used in the lifecycle stage " + stage + '.');
      }
    }
    DeploymentLifecycleHookTimeoutConfiguration timeout = hook.timeoutConfiguration();
    if (timeout != null) {
      checkMinutes("timeoutInMinutes", timeout.timeoutInMinutes(), 1, MOST_PAUSE_MINUTES);
    }
  }

  private static void checkMinutes(String name, @Nullable Integer value, int least, int most) {
    if (value != null && (value < least || value > most)) {
      throw new InvalidParameterException(
          name + " must be between " + least + " and " + most + '.');
    }
  }

  /** Percents have one digit behind the point. */
  private static void checkPercent(String name, @Nullable Double value, double least) {
    if (value == null) {
      return;
    }
    double tenths = value * 10;
    if (value < least || value > WHOLE || Math.abs(tenths - Math.rint(tenths)) > 1e-6) {
      throw new InvalidParameterException(
          name + " must be a multiple of 0.1 between " + least + " and " + WHOLE + '.');
    }
  }

  /** Percent of production traffic that the new revision has after each step. */
  static List<Double> weights(DeploymentConfiguration configuration) {
    List<Double> weights = new ArrayList<>();
    switch (of(configuration)) {
      case DeploymentStrategy.CANARY -> {
        CanaryConfiguration canary = configuration.canaryConfiguration();
        Double percent = canary == null ? null : canary.canaryPercent();
        weights.add(Objects.requireNonNullElse(percent, 5.0));
      }
      case DeploymentStrategy.LINEAR -> {
        LinearConfiguration linear = configuration.linearConfiguration();
        Double given = linear == null ? null : linear.stepPercent();
        long step = Math.round(Objects.requireNonNullElse(given, 10.0) * 10);
        for (long tenths = step; tenths < 1_000; tenths += step) {
          weights.add(tenths / 10.0);
        }
      }
      default -> {}
    }
    if (weights.isEmpty() || weights.getLast() < WHOLE) {
      weights.add(WHOLE);
    }
    return weights;
  }

  /** How long each step but the last stays as it is. */
  static Duration stepBakeTime(DeploymentConfiguration configuration) {
    return switch (of(configuration)) {
      case DeploymentStrategy.CANARY -> {
        CanaryConfiguration canary = configuration.canaryConfiguration();
        yield minutes(canary == null ? null : canary.canaryBakeTimeInMinutes(), 10);
      }
      case DeploymentStrategy.LINEAR -> {
        LinearConfiguration linear = configuration.linearConfiguration();
        yield minutes(linear == null ? null : linear.stepBakeTimeInMinutes(), 6);
      }
      default -> Duration.ZERO;
    };
  }

  private static Duration minutes(@Nullable Integer given, int usual) {
    return Duration.ofMinutes(Objects.requireNonNullElse(given, usual));
  }

  /** The hooks of a stage, awaiting their action. */
  static List<DeploymentLifecycleHookDetail> hooks(
      DeploymentConfiguration configuration, LifecycleStage stage, Ids ids, Instant now) {
    List<DeploymentLifecycleHookDetail> hooks = new ArrayList<>();
    for (DeploymentLifecycleHook hook : list(configuration.lifecycleHooks())) {
      if (list(hook.lifecycleStages()).contains(stage.name())) {
        DeploymentLifecycleHookTimeoutConfiguration timeout = hook.timeoutConfiguration();
        Integer given = timeout == null ? null : timeout.timeoutInMinutes();
        String action = timeout == null ? null : timeout.action();
        hooks.add(
            DeploymentLifecycleHookDetail.builder()
                .hookId("ecs-pause-" + ids.uuid())
                .targetType(DeploymentLifecycleHookTargetType.PAUSE)
                .status(DeploymentLifecycleHookStatus.AWAITING_ACTION)
                .expiresAt(now.plus(minutes(given, MOST_MINUTES)))
                .timeoutAction(
                    Objects.requireNonNullElse(action, DeploymentLifecycleHookAction.ROLLBACK))
                .build());
      }
    }
    return List.copyOf(hooks);
  }
}
