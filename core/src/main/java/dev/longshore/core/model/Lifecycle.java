package dev.longshore.core.model;

import java.time.Instant;
import java.util.List;

/**
 * A lifecycle policy.
 *
 * @param text as it was put
 * @param rules what the text says, sorted by priority
 * @param evaluatedAt when it was evaluated last; for a preview, when that was asked for
 */
public record Lifecycle(String text, List<LifecycleRule> rules, Instant evaluatedAt) {
  public Lifecycle evaluated(Instant at) {
    return new Lifecycle(text, rules, at);
  }
}
