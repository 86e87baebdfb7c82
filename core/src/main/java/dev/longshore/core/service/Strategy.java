package dev.longshore.core.service;

import dev.longshore.shapes.ecs.CanaryConfiguration;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentStrategy;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LinearConfiguration;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads how a deployment is to go about it: at once, or by shifts of traffic in steps. */
final class Strategy {
  private static final int MOST_MINUTES = 1_440;
  private static final double WHOLE = 100;
  private static final double LEAST_STEP = 3;
  private static final double LEAST_CANARY = 0.1;

  private Strategy() {}

  static String of(@Nullable DeploymentConfiguration configuration) {
    String strategy = configuration == null ? null : configuration.strategy();
    return Objects.requireNonNullElse(strategy, DeploymentStrategy.ROLLING);
  }

  static boolean shiftsTraffic(@Nullable DeploymentConfiguration configuration) {
    return !of(configuration).equals(DeploymentStrategy.ROLLING);
  }

  /**
   * @param functions whether there is somebody who runs functions
   * @throws InvalidParameterException it breaks a rule
   * @throws UnsupportedFeatureException it asks for what there is not yet
   */
  static void check(
      dev.longshore.shapes.ecs.Service specification, Traffic traffic, boolean functions) {
    DeploymentConfiguration configuration =
        Objects.requireNonNull(specification.deploymentConfiguration());
    if (shiftsTraffic(configuration)) {
      traffic.check(specification, of(configuration));
    }
    check(configuration);
    Hooks.check(configuration, functions);
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

  /** The same after that step, or after the last where there are not so many. */
  static double weight(DeploymentConfiguration configuration, int step) {
    List<Double> weights = weights(configuration);
    return weights.get(Math.min(step, weights.size() - 1));
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
}
