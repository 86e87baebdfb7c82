package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.ServiceDeploymentRollbackMonitorsStatus;
import dev.longshore.shapes.ecs.ThresholdConfiguration;
import dev.longshore.shapes.ecs.ThresholdType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells when a deployment has failed too often.
 *
 * @param isOn whether anybody asked for it
 * @param rollsBack whether a deployment that failed goes back to the last completed one
 * @param resets whether a task that becomes healthy makes failures before it forgotten
 * @param type one of {@link ThresholdType}
 * @param value percent of the desired count, or tasks
 */
record CircuitBreaker(boolean isOn, boolean rollsBack, boolean resets, String type, int value) {
  private static final int USUAL_PERCENT = 50;
  private static final int LEAST = 3;
  private static final int MOST = 200;
  private static final int WHOLE = 100;

  /** The breaker of a service. */
  static CircuitBreaker of(@Nullable DeploymentConfiguration configuration) {
    DeploymentCircuitBreaker asked =
        configuration == null ? null : configuration.deploymentCircuitBreaker();
    if (asked == null) {
      return new CircuitBreaker(false, false, true, ThresholdType.BOUNDED_PERCENT, USUAL_PERCENT);
    }
    ThresholdConfiguration threshold = asked.thresholdConfiguration();
    return new CircuitBreaker(
        asked.enable(),
        asked.rollback(),
        !Boolean.FALSE.equals(asked.resetOnHealthyTask()),
        threshold == null ? ThresholdType.BOUNDED_PERCENT : type(threshold),
        threshold == null ? USUAL_PERCENT : value(threshold));
  }

  /**
   * @throws InvalidParameterException its threshold is none
   */
  static void check(@Nullable DeploymentConfiguration configuration) {
    CircuitBreaker breaker = of(configuration);
    if (!ThresholdType.VALUES.contains(breaker.type)) {
      throw new InvalidParameterException(
          "type should be one of [" + String.join(",", ThresholdType.VALUES) + ']');
    }
    int most = breaker.type.equals(ThresholdType.COUNT) ? Integer.MAX_VALUE : WHOLE;
    if (breaker.value < 1 || breaker.value > most) {
      throw new InvalidParameterException(
          "The value of the threshold must be between 1 and " + most + '.');
    }
  }

  private static String type(ThresholdConfiguration threshold) {
    return Objects.requireNonNullElse(threshold.type(), ThresholdType.BOUNDED_PERCENT);
  }

  private static int value(ThresholdConfiguration threshold) {
    return Objects.requireNonNullElse(threshold.value(), USUAL_PERCENT);
  }

  /** So many failures are too many of a service that is to have that many tasks now. */
  int threshold(int desired) {
    long share = ((long) desired * value + WHOLE - 1) / WHOLE;
    return switch (type) {
      case ThresholdType.COUNT -> value;
      case ThresholdType.UNBOUNDED_PERCENT -> (int) share;
      default -> (int) Math.min(MOST, Math.max(LEAST, share));
    };
  }

  /** Whether a deployment of the service failed too often. */
  boolean isOpen(Service service, Deployment deployment) {
    int failures = deployment.failedTasks();
    return isOn && failures > 0 && failures >= threshold(service.desiredCount());
  }

  /** As the API shows it while the service's newest deployment goes on. */
  ServiceDeploymentCircuitBreaker shown(Service service, String status) {
    return ServiceDeploymentCircuitBreaker.builder()
        .status(isOn ? status : ServiceDeploymentRollbackMonitorsStatus.DISABLED)
        .failureCount(isOn ? service.primary().failedTasks() : 0)
        .threshold(isOn ? threshold(service.desiredCount()) : 0)
        .build();
  }
}
