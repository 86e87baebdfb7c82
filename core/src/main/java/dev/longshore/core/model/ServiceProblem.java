package dev.longshore.core.model;

import java.time.Instant;

/**
 * What keeps a service from its steady state, while it does; an event is not repeated meanwhile.
 *
 * @param cause what of that kind, for example {@code RESOURCE:CPU}; another cause is another
 *     problem
 * @param since when it arose
 * @param announcedAt the time of its last event
 */
public record ServiceProblem(Kind kind, String cause, Instant since, Instant announcedAt) {
  /** What may be wrong. */
  public enum Kind {
    /** No container instance can take another task. */
    PLACEMENT,
    /** The task definition of the service is gone. */
    DEFINITION,
    /** Its minimum and maximum percent leave a deployment no room. */
    CONFIGURATION,
    /** Its tasks stop before they run, time and again. */
    FAILING_TASKS,
    /** More tasks are protected than are desired. */
    PROTECTION,
    /** Its tasks are being moved between zones. */
    REBALANCING,
    /** Where they should move to no container instance can take one. */
    REBALANCING_PLACEMENT,
    /** Those that should move are protected. */
    REBALANCING_PROTECTION
  }
}
