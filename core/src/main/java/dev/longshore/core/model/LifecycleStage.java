package dev.longshore.core.model;

import java.util.List;

/** What a deployment that shifts traffic goes through, in this order. */
public enum LifecycleStage {
  RECONCILE_SERVICE,
  PRE_SCALE_UP,
  SCALE_UP,
  POST_SCALE_UP,
  TEST_TRAFFIC_SHIFT,
  POST_TEST_TRAFFIC_SHIFT,
  /** Before every step of the shift. */
  PRE_PRODUCTION_TRAFFIC_SHIFT,
  /** Every step of the shift. */
  PRODUCTION_TRAFFIC_SHIFT,
  POST_PRODUCTION_TRAFFIC_SHIFT,
  BAKE_TIME,
  CLEAN_UP;

  private static final List<LifecycleStage> ORDER = List.of(values());

  /** The stage that follows where no step is to be repeated; the last one follows itself. */
  public LifecycleStage next() {
    return this == CLEAN_UP ? this : ORDER.get(ORDER.indexOf(this) + 1);
  }

  /** Whether this one comes before another. */
  public boolean isBefore(LifecycleStage other) {
    return compareTo(other) < 0;
  }
}
