package dev.longshore.gateway.health;

import dev.longshore.gateway.route.TargetHealth;

/** What one check came to. */
sealed interface Finding {
  /** It was answered as wanted. */
  record Passed() implements Finding {}

  /** It was not; the health that enough of these lead to. */
  record Failed(TargetHealth health) implements Finding {}
}
