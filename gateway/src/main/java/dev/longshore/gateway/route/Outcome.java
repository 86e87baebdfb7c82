package dev.longshore.gateway.route;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What becomes of a request: an action, made ready. */
public sealed interface Outcome {
  /** An answer that the listener gives itself. */
  record Answer(Action.FixedResponse response) implements Outcome {}

  /** An answer that sends the client elsewhere. */
  record Elsewhere(Action.Redirect redirect) implements Outcome {}

  /** A target of one of several groups. */
  final class Onward implements Outcome {
    /** Steps of this size fall evenly into the circle of all numbers, however few are taken. */
    private static final int STEP = 0x9E3779B9;

    private final Group[] groups;
    private final int[] weights;
    private final long total;
    private final long stickinessSeconds;
    private final AtomicInteger turn;

    Onward(List<Group> groups, List<Integer> weights, long stickinessSeconds, int start) {
      this.groups = groups.toArray(Group[]::new);
      this.weights = weights.stream().mapToInt(Integer::intValue).toArray();
      long sum = 0;
      for (int weight : this.weights) {
        sum += weight;
      }
      this.total = sum;
      this.stickinessSeconds = stickinessSeconds;
      this.turn = new AtomicInteger(start);
    }

    /** How long a client stays with the group that it got; 0 for not at all. */
    public long stickinessSeconds() {
      return groups.length > 1 ? stickinessSeconds : 0;
    }

    /** The group that the next request goes to, by weights, or null where no group has any. */
    public @Nullable Group choose() {
      if (groups.length == 1 && total > 0) {
        return groups[0];
      }
      if (total == 0) {
        return null;
      }
      long at = (Integer.toUnsignedLong(turn.getAndAdd(STEP)) * total) >>> Integer.SIZE;
      for (int i = 0; i < groups.length; i++) {
        at -= weights[i];
        if (at < 0) {
          return groups[i];
        }
      }
      throw new IllegalStateException("weights do not add up to " + total);
    }

    /** The group that a cookie names by {@link #tag}, if it has a share. */
    public @Nullable Group tagged(String tag) {
      for (int i = 0; i < groups.length; i++) {
        if (weights[i] > 0 && tag(groups[i]).equals(tag)) {
          return groups[i];
        }
      }
      return null;
    }

    /** Names a group in a cookie. */
    public static String tag(Group group) {
      return Integer.toHexString(group.spec().arn().hashCode());
    }

    /** Any one group, for listeners that have but one. */
    public Group first() {
      return groups[0];
    }
  }
}
