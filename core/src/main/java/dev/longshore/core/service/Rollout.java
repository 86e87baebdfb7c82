package dev.longshore.core.service;

import dev.longshore.core.model.LifecycleStage;

/**
 * What a service does next, from counts alone. One rule serves the steady state, scaling, rolling
 * updates, draining instances and unhealthy tasks: tasks to be kept are started while there is room
 * below the maximum, tasks to be replaced are stopped while there are healthy ones above the
 * minimum.
 *
 * @param start tasks of the newest deployment to start
 * @param startReserve tasks of the older, completed deployment to start
 * @param stopReplaced tasks of older deployments or on draining instances to stop
 * @param stopUnhealthy unhealthy tasks to stop
 * @param stopSurplus tasks to stop because fewer are desired
 * @param blocked whether the bounds leave no room for anything, and no waiting will change that
 */
record Rollout(
    int start,
    int startReserve,
    int stopReplaced,
    int stopUnhealthy,
    int stopSurplus,
    boolean blocked) {
  /** What the newest deployment can do about missing tasks. */
  enum Footing {
    /** Start them. */
    OPEN,
    /** Nothing for now, because others failed. */
    PAUSING,
    /** Nothing any more. */
    FAILED
  }

  /**
   * The older deployment that was completed: the service's footing while the newest has none. Its
   * tasks are among those to be replaced.
   *
   * @param wanted tasks it has
   * @param starting those of them that do not run yet
   * @param desired tasks it is to keep for now
   * @param leaving those it has on draining instances
   */
  record Reserve(int wanted, int starting, int desired, int leaving) {
    static final Reserve NONE = new Reserve(0, 0, 0, 0);

    Reserve leaving(int tasks) {
      return new Reserve(wanted, starting, desired, tasks);
    }
  }

  /** Decides for a newest deployment that may start tasks, with no completed one behind it. */
  static Rollout of(HealthyBounds bounds, int live, Crew kept, Crew replaced) {
    return of(bounds, live, kept, replaced, Reserve.NONE, Footing.OPEN);
  }

  /**
   * Decides.
   *
   * @param live all tasks that are not STOPPED, stopping ones included
   * @param kept the tasks of the newest deployment, but for those on draining instances
   * @param replaced all others, the reserve's included
   */
  static Rollout of(
      HealthyBounds bounds, int live, Crew kept, Crew replaced, Reserve reserve, Footing footing) {
    int room = bounds.most() - live;
    int missing = bounds.desired() + kept.unhealthy() - kept.wanted();
    // What does not run or is unhealthy goes whatever the minimum: no healthy task is lost with it,
    // and a deployment that never starts could otherwise keep its successor out.
    int guarded = guarded(bounds, room, missing, kept, replaced, reserve, footing);
    int hopeless = replaced.starting() - guarded + replaced.unhealthy();
    int stopUnhealthy = stopUnhealthy(bounds, room, live, kept, replaced);
    int startReserve =
        switch (footing) {
          case OPEN -> 0;
          case PAUSING -> refill(bounds, room, kept, replaced, reserve.leaving(0));
          case FAILED -> refill(bounds, room, kept, replaced, reserve);
        };
    if (footing == Footing.FAILED) {
      return stranded(bounds, kept, replaced, hopeless, startReserve, stopUnhealthy);
    }
    int start = Math.max(0, Math.min(missing, room));
    int spare = kept.healthy() + replaced.healthy() - bounds.least();
    int stopReplaced = Math.min(replaced.wanted(), hopeless + Math.max(0, spare));
    boolean blocked =
        start == 0
            && stopReplaced == 0
            && stopUnhealthy == 0
            && room <= 0
            && isStill(live, kept, replaced)
            && replaced.wanted() > 0
            && kept.wanted() < bounds.desired();
    return new Rollout(
        start, startReserve, stopReplaced, stopUnhealthy, Math.max(0, -missing), blocked);
  }

  /**
   * Decides for a deployment that shifts traffic: the old tasks stay as they are until the last
   * stage, the new ones come with the stage that scales up, and the percents have no say.
   */
  static Rollout staged(
      HealthyBounds bounds, Crew kept, Crew replaced, Reserve reserve, LifecycleStage stage) {
    boolean up = !stage.isBefore(LifecycleStage.SCALE_UP);
    boolean last = stage == LifecycleStage.CLEAN_UP;
    int missing = up ? bounds.desired() + kept.unhealthy() - kept.wanted() : 0;
    int others = replaced.wanted() - reserve.wanted();
    int stopReplaced = last ? replaced.wanted() : others;
    int startReserve =
        last ? 0 : Math.max(0, reserve.desired() - reserve.wanted() + reserve.leaving());
    return new Rollout(
        Math.max(0, missing),
        startReserve,
        stopReplaced,
        relieved(bounds, kept),
        up ? Math.max(0, -missing) : 0,
        false);
  }

  /** The newest deployment failed: what runs goes on, as far as the maximum allows. */
  private static Rollout stranded(
      HealthyBounds bounds,
      Crew kept,
      Crew replaced,
      int hopeless,
      int startReserve,
      int stopUnhealthy) {
    int over = Math.max(0, kept.wanted() + replaced.wanted() - hopeless - bounds.most());
    int surplus = Math.min(over, kept.wanted());
    return new Rollout(0, startReserve, hopeless + over - surplus, stopUnhealthy, surplus, false);
  }

  /** How many tasks of its own the reserve is to start: what it lost, up to the desired count. */
  private static int refill(
      HealthyBounds bounds, int room, Crew kept, Crew replaced, Reserve reserve) {
    int lost = reserve.desired() - reserve.wanted() + reserve.leaving();
    int missing = bounds.desired() - kept.wanted() - replaced.wanted() + reserve.leaving();
    return Math.max(0, Math.min(room, Math.min(lost, missing)));
  }

  /**
   * How many of the reserve's starting tasks are worth waiting for: all, until there are enough
   * healthy new ones; but where new ones lack their room, only as many as the minimum asks for.
   */
  private static int guarded(
      HealthyBounds bounds,
      int room,
      int missing,
      Crew kept,
      Crew replaced,
      Reserve reserve,
      Footing footing) {
    if (kept.healthy() >= bounds.desired()) {
      return 0;
    }
    int lack = Math.max(0, bounds.least() - kept.healthy() - replaced.healthy());
    boolean cramped = footing == Footing.OPEN && missing > room;
    return cramped ? Math.min(reserve.starting(), lack) : reserve.starting();
  }

  private static int stopUnhealthy(
      HealthyBounds bounds, int room, int live, Crew kept, Crew replaced) {
    int relieved = relieved(bounds, kept);
    boolean cramped = kept.unhealthy() > 0 && room <= 0 && isStill(live, kept, replaced);
    return relieved == 0 && cramped ? 1 : relieved;
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
    return start == 0
        && startReserve == 0
        && stopReplaced == 0
        && stopUnhealthy == 0
        && stopSurplus == 0;
  }
}
