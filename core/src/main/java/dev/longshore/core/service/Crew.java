package dev.longshore.core.service;

/**
 * How the wanted tasks of one side of a deployment stand.
 *
 * @param wanted all whose desired status is RUNNING
 * @param starting those that do not run yet
 * @param healthy those that count as healthy
 * @param unhealthy those that failed their health checks
 */
record Crew(int wanted, int starting, int healthy, int unhealthy) {
  static final Crew NONE = new Crew(0, 0, 0, 0);

  Crew plus(Crew more) {
    return new Crew(
        wanted + more.wanted,
        starting + more.starting,
        healthy + more.healthy,
        unhealthy + more.unhealthy);
  }

  Crew minus(Crew less) {
    return new Crew(
        wanted - less.wanted,
        starting - less.starting,
        healthy - less.healthy,
        unhealthy - less.unhealthy);
  }

  /** Those that run and will be found healthy or unhealthy. */
  int undecided() {
    return wanted - starting - healthy - unhealthy;
  }

  /** Whether waiting alone may change something. */
  boolean isUnderWay() {
    return starting > 0 || undecided() > 0;
  }
}
