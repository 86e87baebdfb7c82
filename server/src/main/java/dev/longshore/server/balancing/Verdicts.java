package dev.longshore.server.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.state.View;
import dev.longshore.gateway.feed.FeedMessage.Found;
import dev.longshore.gateway.route.TargetHealth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import org.jspecify.annotations.Nullable;

/**
 * What the readings of all gateways come to. A reading counts when more than half of the gateways
 * that follow have it; until then what was told before stays, so one gateway that cannot reach
 * targets neither has healthy tasks replaced nor lets ill ones in. One thread only.
 */
final class Verdicts {
  /** Of a group by its targets' {@code ID:PORT}. */
  private final Map<String, Map<String, Ballot>> groups = new HashMap<>();

  private static final class Ballot {
    private final Map<Follower, TargetHealth> votes = new HashMap<>();
    private TargetHealth told;

    private Ballot(TargetHealth told) {
      this.told = told;
    }
  }

  /**
   * How a group's targets are, but for those that drain.
   *
   * @param registered all of them, also those of which nobody knows yet
   */
  record Hosts(int registered, int healthy, int unhealthy) {}

  /** Weighs readings of the group's targets that are not draining, beginning with their rows. */
  void expect(View view, String groupArn) {
    Map<String, Ballot> before = groups.getOrDefault(groupArn, Map.of());
    Map<String, Ballot> after = new LinkedHashMap<>();
    for (Target row : view.by(Target.OF_GROUP, groupArn)) {
      if (!row.isDraining()) {
        String key = row.id() + ':' + row.port();
        Ballot ballot = before.get(key);
        if (ballot == null) {
          ballot = new Ballot(told(row));
        }
        ballot.told = told(row);
        after.put(key, ballot);
      }
    }
    if (after.isEmpty()) {
      groups.remove(groupArn);
    } else {
      groups.put(groupArn, after);
    }
  }

  private static TargetHealth told(Target row) {
    return new TargetHealth(
        TargetHealth.State.valueOf(row.health().toUpperCase(Locale.ROOT)),
        row.reason(),
        row.description());
  }

  /**
   * Takes a reading; answers with what all come to, if that is news.
   *
   * @param voters all gateways that follow, the one that has followed longest first
   */
  Optional<Found> vote(Follower voter, Found reading, SequencedCollection<Follower> voters) {
    Ballot ballot =
        groups
            .getOrDefault(reading.targetGroupArn(), Map.of())
            .get(reading.targetId() + ':' + reading.port());
    if (ballot == null) {
      return Optional.empty();
    }
    ballot.votes.put(voter, reading.health());
    TargetHealth news = news(ballot, voters);
    return news == null
        ? Optional.empty()
        : Optional.of(
            new Found(reading.targetGroupArn(), reading.targetId(), reading.port(), news));
  }

  /** What is news of a group after its rows, or who follows, changed. */
  List<Found> recount(String groupArn, SequencedCollection<Follower> voters) {
    List<Found> found = new ArrayList<>();
    groups
        .getOrDefault(groupArn, Map.of())
        .forEach((key, ballot) -> {
          TargetHealth news = news(ballot, voters);
          if (news != null) {
            int colon = key.lastIndexOf(':');
            found.add(
                new Found(
                    groupArn,
                    key.substring(0, colon),
                    Integer.parseInt(key.substring(colon + 1)),
                    news));
          }
        });
    return found;
  }

  /** How the targets of a group are by what was told of them last. */
  Hosts hosts(String groupArn) {
    int healthy = 0;
    int unhealthy = 0;
    Collection<Ballot> all = groups.getOrDefault(groupArn, Map.of()).values();
    for (Ballot each : all) {
      healthy += each.told.state() == TargetHealth.State.HEALTHY ? 1 : 0;
      unhealthy += each.told.state() == TargetHealth.State.UNHEALTHY ? 1 : 0;
    }
    return new Hosts(all.size(), healthy, unhealthy);
  }

  /** Forgets a gateway that follows no more; answers with what is news without it. */
  List<Found> forget(Follower voter, SequencedCollection<Follower> others) {
    List<Found> found = new ArrayList<>();
    for (Map.Entry<String, Map<String, Ballot>> group : groups.entrySet()) {
      group.getValue().values().forEach(ballot -> ballot.votes.remove(voter));
      found.addAll(recount(group.getKey(), others));
    }
    return found;
  }

  private static @Nullable TargetHealth news(Ballot ballot, SequencedCollection<Follower> voters) {
    TargetHealth winner = null;
    for (TargetHealth.State state : TargetHealth.State.values()) {
      List<TargetHealth> same = new ArrayList<>();
      for (Follower voter : voters) {
        TargetHealth vote = ballot.votes.get(voter);
        if (vote != null && vote.state() == state) {
          same.add(vote);
        }
      }
      winner = 2 * same.size() > voters.size() ? same.getFirst() : winner;
    }
    if (winner == null || winner.equals(ballot.told) || isForgetful(ballot.told, winner)) {
      return null;
    }
    ballot.told = winner;
    return winner;
  }

  /** A gateway that has just begun knows less than what was told before. */
  private static boolean isForgetful(TargetHealth told, TargetHealth now) {
    return now.state() == TargetHealth.State.INITIAL
        && (told.state() == TargetHealth.State.HEALTHY
            || told.state() == TargetHealth.State.UNHEALTHY);
  }
}
