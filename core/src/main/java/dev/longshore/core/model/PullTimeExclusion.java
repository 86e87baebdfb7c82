package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;

/** A principal whose pulls are not recorded as an image's last one. */
public record PullTimeExclusion(String principalArn, Instant createdAt) {
  /** Keyed by the principal's ARN. */
  public static final Kind<PullTimeExclusion> KIND =
      Kind.of("pullTimeExclusion", PullTimeExclusion.class, PullTimeExclusion::principalArn);
}
