package dev.longshore.core.service;

/**
 * What a service does next, from counts alone. One rule serves the steady state, scaling, rolling
 * updates, draining instances and unhealthy tasks: tasks to be kept are started while there is room
 * below the maximum, tasks to be replaced are stopped while there are healthy ones above the
 * minimum.
 *
 * @param start tasks to start
 * @param stopReplaced tasks of older deployments or on draining instances to stop
 * @param stopUnhealthy unhealthy tasks to stop
 * @param stopSurplus tasks to stop because fewer are desired
 * @param blocked whether the bounds leave no room for anything, and no waiting will change that
 */
record Rollout(int start, int stopReplaced, int stopUnhealthy, int stopSurplus, boolean blocked) {
  /**
   * Decides.
   *
   * @param live all tasks that are not STOPPED, stopping ones included
   * @param kept the tasks of the newest deployment, but for those on draining instances
   * @param replaced all others
   */
  static Rollout of(HealthyBounds bounds, int live, Crew kept, Crew replaced) {
    int room = bounds.most() - live;
    int missing = bounds.desired() + kept.unhealthy() - kept.wanted();
    int start = Math.max(0, Math.min(missing, room));
    int stopReplaced = stopReplaced(bounds, kept, replaced);
    boolean still = isStill(live, kept, replaced);
    int stopUnhealthy = relieved(bounds, kept);
    if (stopUnhealthy == 0 && kept.unhealthy() > 0 && room <= 0 && still) {
      stopUnhealthy = 1;
    }
    boolean blocked =
        start == 0
            && stopReplaced == 0
            && stopUnhealthy == 0
            && room <= 0
            && still
            && replaced.wanted() > 0
            && kept.wanted() < bounds.desired();
    return new Rollout(start, stopReplaced, stopUnhealthy, Math.max(0, -missing), blocked);
  }

  /**
   * As many as there are healthy tasks to spare. What does not run or is unhealthy goes besides: no
   * healthy task is lost with it, and a deployment that never starts could otherwise keep its
   * successor out.
   */
  private static int stopReplaced(HealthyBounds bounds, Crew kept, Crew replaced) {
    int spare = kept.healthy() + replaced.healthy() - bounds.least();
    int hopeless = replaced.starting() + replaced.unhealthy();
    return Math.min(replaced.wanted(), hopeless + Math.max(0, spare));
  }

  /** How many unhealthy tasks have a healthy one in their place. */
  private static int relieved(HealthyBounds bounds, Crew kept) {
    int relief = kept.healthy() + kept.unhealthy() - bounds.desired();
    return Math.max(0, Math.min(kept.unhealthy(), relief));
  }

  private static boolean isStill(int live, Crew kept, Crew replaced) {
    return live == kept.wanted() + replaced.wanted()
        && !kept.isUnderWay()
        && !replaced.isUnderWay();
  }

  boolean isNothing() {
    return start == 0 && stopReplaced == 0 && stopUnhealthy == 0 && stopSurplus == 0;
  }
}
