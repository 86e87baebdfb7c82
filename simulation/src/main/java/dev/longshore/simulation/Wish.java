package dev.longshore.simulation;

import java.util.ArrayList;
import java.util.List;

/**
 * How many tasks a service was asked to have, call by call. A copy of a call may be carried out
 * when a later one has been answered already, so for a while both counts may be the one that
 * stands.
 */
final class Wish {
  /** Longer than any stray call is under way. */
  private static final long STRAY_MILLIS = 120_000;

  private record Asked(long at, int count) {}

  private final List<Asked> asked = new ArrayList<>();
  private long since;
  boolean deleted;

  /** A call with that count is made now. */
  void asks(long now, int count) {
    asked.add(new Asked(now, count));
  }

  /** The call that was made then is answered. */
  void answered(long madeAt) {
    since = Math.max(since, madeAt - STRAY_MILLIS);
  }

  /** Whether so many tasks may be what stands. */
  boolean allows(int count) {
    return deleted || asked.stream().anyMatch(each -> each.at >= since && each.count == count);
  }
}
