package dev.longshore.gateway.health;

import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.TargetHealth;

/**
 * Weighs one target's findings. The first that passes makes a new target healthy; later it takes as
 * many in a row as the thresholds say.
 */
final class Tally {
  private final HealthCheck check;
  private TargetHealth health;
  private int passed;
  private int failed;

  Tally(HealthCheck check, TargetHealth health) {
    this.check = check;
    this.health = health;
  }

  TargetHealth add(Finding finding) {
    switch (finding) {
      case Finding.Passed each -> {
        passed++;
        failed = 0;
        boolean fresh = health.state() == TargetHealth.State.INITIAL;
        if (fresh || passed >= check.healthyThreshold()) {
          health = TargetHealth.HEALTHY;
        }
      }
      case Finding.Failed each -> {
        failed++;
        passed = 0;
        boolean already = health.state() == TargetHealth.State.UNHEALTHY;
        if (already || failed >= check.unhealthyThreshold()) {
          health = each.health();
        }
      }
    }
    return health;
  }
}
