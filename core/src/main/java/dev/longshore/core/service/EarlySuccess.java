package dev.longshore.core.service;

import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentEarlySuccessCriteria;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceRevisionCleanup;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a rolling deployment is complete before all its tasks are healthy. What it lacks then is
 * started, and what is left of the older ones is stopped, as in any service that is not steady:
 * neither breaker nor alarms have a say any more.
 *
 * @param percent of the desired count that must be healthy
 * @param blocks whether the older tasks have to be gone
 */
record EarlySuccess(int percent, boolean blocks) {
  private static final int WHOLE = 100;

  /** The criteria of a configuration; null: all tasks must be healthy, and alone. */
  static @Nullable EarlySuccess of(DeploymentConfiguration configuration) {
    DeploymentEarlySuccessCriteria criteria = configuration.earlySuccessCriteria();
    return criteria == null || !Boolean.TRUE.equals(criteria.enable())
        ? null
        : new EarlySuccess(
            Objects.requireNonNullElse(criteria.healthyPercent(), WHOLE),
            !ServiceRevisionCleanup.DEFERRED.equals(criteria.sourceServiceRevisionCleanup()));
  }

  /**
   * @throws InvalidParameterException they break a rule
   */
  static void check(@Nullable DeploymentConfiguration configuration) {
    EarlySuccess criteria = configuration == null ? null : of(configuration);
    if (configuration == null || criteria == null) {
      return;
    }
    demand(
        !Strategy.shiftsTraffic(configuration),
        "earlySuccessCriteria can only be used with the deployment strategy ROLLING.");
    DeploymentEarlySuccessCriteria asked =
        Objects.requireNonNull(configuration.earlySuccessCriteria());
    demand(
        asked.healthyPercent() != null && asked.sourceServiceRevisionCleanup() != null,
        "healthyPercent and sourceServiceRevisionCleanup must be specified when"
            + " earlySuccessCriteria are enabled.");
    int least = Objects.requireNonNullElse(configuration.minimumHealthyPercent(), WHOLE);
    demand(
        criteria.percent >= least && criteria.percent <= WHOLE,
        "healthyPercent must be between minimumHealthyPercent and 100.");
    demand(
        ServiceRevisionCleanup.VALUES.contains(asked.sourceServiceRevisionCleanup()),
        "sourceServiceRevisionCleanup should be one of ["
            + String.join(",", ServiceRevisionCleanup.VALUES)
            + ']');
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidParameterException(otherwise);
    }
  }

  /**
   * Whether that is enough.
   *
   * @param healthy tasks of the newest revision
   * @param others live tasks of older ones
   */
  boolean isMet(int desired, int healthy, int others) {
    int wanted = Math.ceilDiv(desired * percent, WHOLE);
    return healthy >= Math.clamp(wanted, Math.min(1, desired), desired) && (others == 0 || !blocks);
  }
}
