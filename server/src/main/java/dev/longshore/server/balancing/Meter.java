package dev.longshore.server.balancing;

import dev.longshore.core.state.View;
import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.metric.Minutes;
import dev.longshore.gateway.metric.Tallied;
import dev.longshore.server.metric.MetricStore;
import dev.longshore.server.metric.Statistics;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds up what all gateways counted. Of each process and minute the whole value is known, so what
 * is told twice counts once, and what is told late counts in its own minute. One thread only.
 */
final class Meter {
  private static final Logger LOG = LoggerFactory.getLogger(Meter.class);

  /** Of a minute; more processes than that do not count. */
  private static final int MOST_RUNS = 64;

  /** Minutes by which clocks of gateways may be ahead. */
  private static final int AHEAD = 2;

  private static final int SECONDS = 5;

  private final MetricStore store;
  private final InstantSource clock;
  private final NavigableMap<Long, Window> windows = new TreeMap<>();
  private @Nullable View followed;
  private Map<String, Metered> things = Map.of();
  private long looked;

  /** A minute that may still grow. */
  private static final class Window {
    private final Map<String, Map<String, Tallied>> runs = new HashMap<>();
    private final Map<String, Statistics> healthy = new HashMap<>();
    private final Map<String, Statistics> unhealthy = new HashMap<>();

    Tallied sum(String name) {
      Tallied sum = Tallied.NONE;
      for (Map<String, Tallied> each : runs.values()) {
        sum = sum.plus(each.getOrDefault(name, Tallied.NONE));
      }
      return sum;
    }
  }

  Meter(MetricStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** What is metered from now on: all load balancers, and what they send to. */
  void follow(View newest) {
    followed = newest;
  }

  private Map<String, Metered> things() {
    View newest = followed;
    if (newest != null) {
      things = Metered.all(newest);
      followed = null;
    }
    return things;
  }

  /** A gateway counted; what it said before of the same things in that minute is void. */
  void counted(Counted counted) {
    Window window = window(counted.minute());
    if (window == null) {
      LOG.warn("A gateway tells of minute {}: its clock or ours is wrong.", counted.minute());
      return;
    }
    if (window.runs.size() >= MOST_RUNS && !window.runs.containsKey(counted.run())) {
      LOG.warn("More than {} gateways count at once.", MOST_RUNS);
      return;
    }
    Map<String, Tallied> run = window.runs.computeIfAbsent(counted.run(), each -> new HashMap<>());
    counted.balancers().forEach((name, each) -> count(counted.minute(), window, run, name, each));
    counted.groups().forEach((name, each) -> count(counted.minute(), window, run, name, each));
  }

  private @Nullable Window window(long minute) {
    long now = minute();
    windows.headMap(now - Minutes.KEPT).clear();
    return minute < now - Minutes.KEPT || minute > now + AHEAD
        ? null
        : windows.computeIfAbsent(minute, each -> new Window());
  }

  private long minute() {
    return TimeUnit.SECONDS.toMinutes(clock.instant().getEpochSecond());
  }

  private void count(
      long minute, Window window, Map<String, Tallied> run, String name, Tallied tallied) {
    Metered thing = things().get(name);
    if (thing != null) {
      run.put(name, tallied);
      publish(minute, window, thing);
    }
  }

  private void publish(long minute, Window window, Metered thing) {
    Statistics hosts = window.healthy.get(thing.name());
    thing.put(store, minute, window.sum(thing.name()), hosts == null ? 0 : hosts.average());
  }

  /** Counts the targets that are well and ill, every few seconds. */
  void look(Verdicts verdicts) {
    long now = clock.instant().getEpochSecond() / SECONDS;
    Window window = now == looked ? null : window(minute());
    if (window == null) {
      return;
    }
    looked = now;
    for (Metered thing : things().values()) {
      Verdicts.Hosts hosts = verdicts.hosts(thing.arn());
      if (hosts.registered() > 0) {
        thing.hosts(
            store,
            minute(),
            sampled(window.healthy, thing.name(), hosts.healthy()),
            sampled(window.unhealthy, thing.name(), hosts.unhealthy()));
        publish(minute(), window, thing);
      }
    }
  }

  private static Statistics sampled(Map<String, Statistics> all, String name, int sample) {
    Statistics before = all.get(name);
    Statistics now = before == null ? Statistics.of(sample) : before.and(sample);
    all.put(name, now);
    return now;
  }
}
