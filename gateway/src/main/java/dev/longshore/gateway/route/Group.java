package dev.longshore.gateway.route;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A target group of one table: chooses among its members. Choosing takes no lock and allocates
 * nothing; it may be done by any number of threads.
 */
public final class Group {
  private static final Member[] NOBODY = {};
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final TargetGroup spec;
  private final GroupSettings settings;
  private final List<Member> members;
  private final Map<String, Member> byTag = new HashMap<>();
  private final AtomicInteger turn;
  private final boolean inUse;
  private volatile Member[] eligible = NOBODY;

  Group(TargetGroup spec, List<Member> members, boolean inUse, @Nullable Group previous) {
    this.spec = spec;
    this.settings = GroupSettings.of(spec.attributes());
    this.members = List.copyOf(members);
    this.inUse = inUse;
    this.turn = previous == null ? new AtomicInteger() : previous.turn;
    members.forEach(member -> byTag.put(member.tag(), member));
    refresh();
  }

  public TargetGroup spec() {
    return spec;
  }

  public GroupSettings settings() {
    return settings;
  }

  /** All members, draining ones included. */
  public List<Member> members() {
    return members;
  }

  /** Whether a listener's action names this group; otherwise its targets are not looked at. */
  public boolean inUse() {
    return inUse;
  }

  /** Reckons anew who gets requests; to be called after a member's health changed. */
  public void refresh() {
    List<Member> accepting = new ArrayList<>();
    List<Member> healthy = new ArrayList<>();
    for (Member member : members) {
      if (member.accepting()) {
        accepting.add(member);
        if (member.healthy()) {
          healthy.add(member);
        }
      }
    }
    boolean open =
        healthy.size() < settings.healthyCount()
            || (long) healthy.size() * 100 < (long) accepting.size() * settings.healthyPercentage();
    eligible = (open ? accepting : healthy).toArray(NOBODY);
  }

  /** How many members get requests. */
  public int eligible() {
    return eligible.length;
  }

  /** The member that a cookie names, if it gets requests now. */
  public @Nullable Member tagged(String tag) {
    Member member = byTag.get(tag);
    if (member == null) {
      return null;
    }
    for (Member each : eligible) {
      if (each == member) {
        return member.accepting() ? member : null;
      }
    }
    return null;
  }

  /**
   * The member that the next request goes to, or null where there is none.
   *
   * @param now nanoseconds, on the clock that health was noted by
   * @param chance a random number
   * @param not whom to leave out, if there is another
   */
  public @Nullable Member choose(long now, long chance, @Nullable Member not) {
    Member[] from = eligible;
    if (from.length == 0) {
      return null;
    }
    Member found =
        switch (settings.algorithm()) {
          case ROUND_ROBIN -> ramped(from, turn(), now, chance, not);
          case WEIGHTED_RANDOM ->
              ramped(from, (int) ((chance & 0x7fffffff) % from.length), now, chance >>> 32, not);
          case LEAST_OUTSTANDING_REQUESTS -> leastBusy(from, not);
        };
    return found;
  }

  private int turn() {
    return turn.getAndIncrement() & 0x7fffffff;
  }

  private @Nullable Member ramped(
      Member[] from, int first, long now, long chance, @Nullable Member not) {
    Member last = null;
    for (int i = 0; i < from.length; i++) {
      Member each = from[(int) (((long) first + i) % from.length)];
      if (each.accepting() && (each != not || from.length == 1)) {
        last = each;
        if (settings.slowStartNanos() == 0 || takes(each, now, chance + i * GOLDEN)) {
          return each;
        }
      }
    }
    return last;
  }

  /** Whether a member that is starting slowly takes this one: the likelier, the longer it is on. */
  private boolean takes(Member member, long now, long chance) {
    long age = now - member.healthySince();
    if (age >= settings.slowStartNanos() || !member.healthy()) {
      return true;
    }
    double share = Math.max(0.01, (double) age / settings.slowStartNanos());
    return (mixed(chance) >>> 11) * 0x1.0p-53 < share;
  }

  private @Nullable Member leastBusy(Member[] from, @Nullable Member not) {
    int first = turn();
    Member best = null;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < from.length; i++) {
      Member each = from[(int) (((long) first + i) % from.length)];
      int busy = each.outstanding();
      if (busy < least && each.accepting() && (each != not || from.length == 1)) {
        best = each;
        least = busy;
      }
    }
    return best;
  }

  /**
   * The member of a flow. The same flow gets the same member as long as that gets flows at all,
   * whoever else comes and goes (rendezvous hashing).
   */
  public @Nullable Member chooseByFlow(long flow, @Nullable Member not) {
    Member[] from = eligible;
    Member best = null;
    long highest = Long.MIN_VALUE;
    for (Member each : from) {
      long score = mixed(flow ^ each.seed());
      if (each.accepting()
          && (each != not || from.length == 1)
          && (best == null || score > highest)) {
        best = each;
        highest = score;
      }
    }
    return best;
  }

  /** Spreads bits: the finalizer of SplitMix64. */
  private static long mixed(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
