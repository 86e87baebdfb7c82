package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;

/**
 * A subnet that somebody named. No API makes subnets here yet, so whichever is named exists from
 * then on, in the zone that had the fewest until then.
 */
public record LearnedSubnet(String id, String zone) {
  /** Keyed by id. */
  public static final Kind<LearnedSubnet> KIND =
      Kind.of("learnedSubnet", LearnedSubnet.class, LearnedSubnet::id);

  /** Buckets by zone. */
  public static final Index<LearnedSubnet> BY_ZONE = KIND.index("zone", LearnedSubnet::zone);
}
