package dev.longshore.server.balancing;

import dev.longshore.core.balancing.BalancingNames;
import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.model.Listener;
import dev.longshore.core.state.State;
import dev.longshore.gateway.Listening;
import dev.longshore.gateway.feed.FeedMessage.Counted;
import dev.longshore.gateway.feed.FeedMessage.Found;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All gateways that follow, as one: has each follow the newest routes, and tells what became of
 * them once all do. One thread only.
 */
final class DataPlane {
  private static final Logger LOG = LoggerFactory.getLogger(DataPlane.class);

  /** So long the others wait for a gateway that does not follow. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final RouteBook book;
  private final Teller teller;
  private final Meter meter;
  private final Verdicts verdicts = new Verdicts();

  /** The one that has followed longest first. */
  private final LinkedHashMap<Follower, Progress> followers = new LinkedHashMap<>();

  private final Deque<Pending> pending = new ArrayDeque<>();
  private @Nullable State state;
  private @Nullable Offer offer;
  private long told;
  private long looked = System.nanoTime();

  /** How far a gateway has followed, and where it listens. */
  private static final class Progress {
    private long version = -1;
    private Map<String, Listening> listening = Map.of();
  }

  /** News that not all gateways follow yet. */
  private record Pending(long version, RouteNews news, long since) {}

  DataPlane(RouteBook book, Teller teller, Meter meter) {
    this.book = book;
    this.teller = teller;
    this.meter = meter;
  }

  /** Has all gateways follow a state. */
  void follow(State newest, RouteNews news) {
    state = newest;
    Offer next = new Offer(book.routes(newest, news.balancers, news.groups), offer);
    offer = next;
    news.groups.forEach(arn -> verdicts.expect(newest, arn));
    meter.follow(newest);
    if (followers.isEmpty()) {
      tellFollowed(news);
    } else {
      pending.add(new Pending(next.version(), news, System.nanoTime()));
      // The one in this process blocks while it changes, and was there first.
      followers.sequencedKeySet().reversed().forEach(each -> each.follow(next));
    }
  }

  /** A gateway is there. */
  void joined(Follower follower) {
    for (Follower each : List.copyOf(followers.keySet())) {
      if (each.name().equals(follower.name())) {
        each.dismiss("A newer connection of this gateway took its place.");
        left(each);
      }
    }
    LOG.info("Gateway {} is connected.", follower.name());
    followers.put(follower, new Progress());
    if (offer != null) {
      follower.follow(offer);
    }
  }

  /** A gateway is not there any more; it may well carry traffic on. */
  void left(Follower follower) {
    if (followers.remove(follower) != null) {
      LOG.info("Gateway {} is not connected any more.", follower.name());
      verdicts.forget(follower, followers.sequencedKeySet()).forEach(teller::health);
      settle();
    }
  }

  /** A gateway follows a version and sends nothing by the one before. */
  void applied(Follower follower, long version, List<Listening> listening) {
    Progress progress = followers.get(follower);
    State now = state;
    if (progress == null || now == null) {
      return;
    }
    boolean late = progress.version < told;
    progress.version = version;
    Map<String, Listening> byArn = new HashMap<>();
    listening.forEach(each -> byArn.put(each.listenerArn(), each));
    progress.listening = byArn;
    mapPorts(now, follower, listening);
    if (late) {
      report(now, RouteNews.all(now));
    }
    settle();
  }

  /** Some listeners have to listen elsewhere, since their own ports are not for us. */
  private void mapPorts(State now, Follower follower, List<Listening> listening) {
    RouteNews mapped = new RouteNews();
    for (Listening each : listening) {
      if (each.port() == 0) {
        LOG.warn("Gateway {}: {}", follower.name(), each.failure());
        if (isElsewhere(each) && book.map(each.listenerArn())) {
          mapped.balancers.add(BalancingNames.loadBalancer(each.listenerArn()));
        }
      }
    }
    if (!mapped.isEmpty()) {
      follow(now, mapped);
    }
  }

  /** Whether what hinders a listener would not hinder it at another port. */
  private boolean isElsewhere(Listening listening) {
    String failure = listening.failure();
    return failure.contains("Permission denied")
        || failure.contains("annot assign requested address")
        || (failure.contains("in use") && book.isMapped(listening.listenerArn()));
  }

  /** A gateway looked at a target. */
  void found(Follower follower, Found found) {
    if (followers.containsKey(follower)) {
      verdicts.vote(follower, found, followers.sequencedKeySet()).ifPresent(teller::health);
    }
  }

  /** A gateway counted what it carried. */
  void counted(Follower follower, Counted counted) {
    if (followers.containsKey(follower)) {
      meter.counted(counted);
    }
  }

  /** Does what time brings. */
  void tick() {
    List.copyOf(followers.keySet()).forEach(Follower::tick);
    meter.look(verdicts);
    lookAtCertificates();
    settle();
  }

  /** Replaced certificates are shown to whoever connects from then on. */
  private void lookAtCertificates() {
    long now = System.nanoTime();
    State newest = state;
    if (newest == null || now - looked < LOOK_NANOS) {
      return;
    }
    looked = now;
    List<String> stale = book.stale(newest);
    if (!stale.isEmpty()) {
      RouteNews news = new RouteNews();
      news.balancers.addAll(stale);
      follow(newest, news);
    }
  }

  private void settle() {
    if (followers.isEmpty()) {
      pending.forEach(each -> tellFollowed(each.news));
      pending.clear();
    }
    RouteNews settled = new RouteNews();
    while (!pending.isEmpty() && isSettled(pending.getFirst())) {
      Pending next = pending.removeFirst();
      told = next.version;
      settled.add(next.news);
    }
    if (!settled.isEmpty() && state != null) {
      report(state, settled);
    }
  }

  private boolean isSettled(Pending each) {
    boolean overdue = System.nanoTime() - each.since > PATIENCE_NANOS;
    for (Map.Entry<Follower, Progress> follower : followers.entrySet()) {
      if (follower.getValue().version < each.version) {
        if (!overdue) {
          return false;
        }
        LOG.warn("Gateway {} does not follow yet.", follower.getKey().name());
      }
    }
    return true;
  }

  private void report(State now, RouteNews news) {
    List<ReportListeners.Bound> bound = new ArrayList<>();
    for (String arn : news.balancers) {
      for (Listener listener : now.by(Listener.OF_LOAD_BALANCER, arn)) {
        bound.add(bound(listener));
      }
    }
    if (!news.balancers.isEmpty()) {
      teller.listeners(new ReportListeners.Report(List.copyOf(news.balancers), bound));
    }
    for (String arn : news.groups) {
      verdicts.recount(arn, followers.sequencedKeySet()).forEach(teller::health);
    }
    tellFollowed(news);
  }

  private void tellFollowed(RouteNews news) {
    if (!news.leaving.isEmpty() || !news.shifts.isEmpty()) {
      teller.followed(
          new ReportFollowed.Report(List.copyOf(news.leaving), List.copyOf(news.shifts)));
    }
  }

  /** Where it listens on the first gateway on which it does, or what hinders the first of all. */
  private ReportListeners.Bound bound(Listener listener) {
    String failure = book.leftOut(listener.arn());
    for (Progress each : followers.values()) {
      Listening here = each.listening.get(listener.arn());
      if (here != null && here.port() > 0) {
        Integer other = here.port() == listener.port() ? null : here.port();
        return new ReportListeners.Bound(listener.arn(), other, null);
      }
      failure = failure.isEmpty() && here != null ? cause(here.failure()) : failure;
    }
    return new ReportListeners.Bound(
        listener.arn(), null, failure.isEmpty() ? "Nothing listens there." : failure);
  }

  /** The end of a chain of causes: what the machine said. */
  private static String cause(String fault) {
    return fault.substring(fault.lastIndexOf(": ") < 0 ? 0 : fault.lastIndexOf(": ") + 2);
  }
}
