package dev.longshore.gateway.metric;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Counters cut into minutes, the newest of which still grows. What was counted between two looks
 * belongs to the minute of the later one. One thread looks, any reads.
 */
public final class Minutes {
  /** Whoever is told of minutes may have been away for so many. */
  public static final int KEPT = 15;

  private final Metrics metrics;
  private Map<String, Tallied> balancersBefore = Map.of();
  private Map<String, Tallied> groupsBefore = Map.of();
  private Map<String, Tallied> balancersSeen = Map.of();
  private Map<String, Tallied> groupsSeen = Map.of();
  private volatile Cut cut = new Cut(0, List.of());

  private record Cut(int looks, List<Minute> minutes) {}

  public Minutes(Metrics metrics) {
    this.metrics = metrics;
  }

  /** Looks at the counters. A clock that is set back prolongs a minute. */
  public void look(Instant now) {
    long minute = TimeUnit.SECONDS.toMinutes(now.getEpochSecond());
    List<Minute> minutes = new ArrayList<>(cut.minutes);
    if (minutes.isEmpty() || minutes.getLast().minute() < minute) {
      balancersBefore = balancersSeen;
      groupsBefore = groupsSeen;
    } else {
      minute = minutes.removeLast().minute();
    }
    balancersSeen = all(metrics.balancers());
    groupsSeen = all(metrics.groups());
    minutes.add(
        new Minute(minute, since(balancersSeen, balancersBefore), since(groupsSeen, groupsBefore)));
    int from = Math.max(0, minutes.size() - KEPT);
    cut = new Cut(cut.looks + 1, List.copyOf(minutes.subList(from, minutes.size())));
  }

  /** Changes with each look. */
  public int looks() {
    return cut.looks;
  }

  private static Map<String, Tallied> all(Map<String, Counts> counts) {
    Map<String, Tallied> all = new TreeMap<>();
    counts.forEach((name, each) -> all.put(name, Tallied.of(each)));
    return all;
  }

  private static Map<String, Tallied> since(Map<String, Tallied> now, Map<String, Tallied> before) {
    Map<String, Tallied> since = new TreeMap<>();
    now.forEach((name, each) -> {
      Tallied more = each.since(before.getOrDefault(name, Tallied.NONE));
      if (!more.isEmpty()) {
        since.put(name, more);
      }
    });
    return since;
  }

  /** The last minutes in which there was a look, the newest last. */
  public List<Minute> kept() {
    return cut.minutes;
  }
}
