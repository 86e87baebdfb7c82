package dev.longshore.gateway.route;

/**
 * What is known of a target, in the API's own words.
 *
 * @param reason "" where the state says all
 * @param description a sentence for people; "" where the state says all
 */
public record TargetHealth(State state, String reason, String description) {
  /** The states; the API writes them in lower case. */
  public enum State {
    INITIAL,
    HEALTHY,
    UNHEALTHY,
    DRAINING,
    UNUSED,
    UNAVAILABLE
  }

  public static final TargetHealth HEALTHY = new TargetHealth(State.HEALTHY, "", "");
  public static final TargetHealth REGISTERING =
      new TargetHealth(
          State.INITIAL, "Elb.RegistrationInProgress", "Target registration is in progress");
  public static final TargetHealth FIRST_CHECKS =
      new TargetHealth(
          State.INITIAL, "Elb.InitialHealthChecking", "Initial health checks in progress");
  public static final TargetHealth DRAINING =
      new TargetHealth(
          State.DRAINING,
          "Target.DeregistrationInProgress",
          "Target deregistration is in progress");
  public static final TargetHealth NOT_IN_USE =
      new TargetHealth(
          State.UNUSED,
          "Target.NotInUse",
          "Target group is not configured to receive traffic from the load balancer");
  public static final TargetHealth CHECKS_DISABLED =
      new TargetHealth(
          State.UNAVAILABLE, "Target.HealthCheckDisabled", "Health checks are not enabled");

  /** A check was answered with a code that the matcher does not have. */
  public static TargetHealth mismatch(String code) {
    return new TargetHealth(
        State.UNHEALTHY,
        "Target.ResponseCodeMismatch",
        "Health checks failed with these codes: [" + code + "]");
  }

  /** A check was not answered in time. */
  public static TargetHealth timeout() {
    return new TargetHealth(State.UNHEALTHY, "Target.Timeout", "Request timed out");
  }

  /** A check could not be made, or was answered with something else than asked for. */
  public static TargetHealth failed() {
    return new TargetHealth(State.UNHEALTHY, "Target.FailedHealthChecks", "Health checks failed");
  }
}
