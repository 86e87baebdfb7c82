package dev.longshore.server.balancing;

import dev.longshore.core.balancing.ReportListeners;
import dev.longshore.core.balancing.ReportTargetHealth;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.model.Target;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.core.state.View;
import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewayListener;
import dev.longshore.gateway.GatewaySettings;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.TargetHealth;
import dev.longshore.server.engine.Watcher;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a gateway in this process follow the rows, and keeps in rows what it found. The gateway is
 * started by the first load balancer, so a control plane without one has no threads for it.
 */
public final class Balancing implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Balancing.class);

  /** So many reports wait; more are left out, and made good when all is compared again. */
  private static final int MOST_WAITING = 100_000;

  private static final int AT_ONCE = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What was committed, and what of it is news; the newest state has all news before it. */
  private record Committed(State state, RouteNews news, boolean leading) {}

  private final BlockingQueue<Committed> commits = new LinkedBlockingQueue<>();
  private final BlockingQueue<ReportTargetHealth.Found> found =
      new LinkedBlockingQueue<>(MOST_WAITING);
  private final BalancingReports reports;
  private final RouteBook book;
  private final Thread follower;
  private final Thread teller;
  private volatile @Nullable Gateway gateway;

  private Balancing(BalancingReports reports, CertificateFiles certificates) {
    this.reports = reports;
    book = new RouteBook(certificates);
    follower = Thread.ofPlatform().daemon().name("longshore-balancing").unstarted(this::follow);
    teller = Thread.ofVirtual().name("longshore-balancing-health").unstarted(this::tell);
  }

  /** Begins to follow; to be shown every commit from now on. */
  public static Balancing start(BalancingReports reports, CertificateFiles certificates) {
    Balancing balancing = new Balancing(reports, certificates);
    balancing.follower.start();
    balancing.teller.start();
    return balancing;
  }

  @Override
  public void leading(State state) {
    commits.add(new Committed(state, RouteNews.all(state), true));
  }

  @Override
  public void committed(State state, List<Change<?>> changes) {
    RouteNews news = new RouteNews();
    for (Change<?> change : changes) {
      news.note(change, state);
    }
    if (!news.isEmpty()) {
      commits.add(new Committed(state, news, false));
    }
  }

  private void follow() {
    List<Committed> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(commits.take());
        commits.drainTo(batch);
        RouteNews news = new RouteNews();
        batch.forEach(each -> news.add(each.news()));
        boolean compare = batch.stream().anyMatch(Committed::leading);
        follow(batch.getLast().state(), news, compare);
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("The data plane is followed no more.", e);
    }
  }

  private void follow(State state, RouteNews news, boolean compare) throws InterruptedException {
    Gateway running = gateway;
    if (running == null) {
      if (news.balancers.isEmpty()) {
        book.routes(state, Set.of(), news.groups);
        return;
      }
      running = Gateway.start(GatewaySettings.usual(), new Ear());
      gateway = running;
    }
    try {
      apply(running, state, news);
      if (compare) {
        compare(running, state);
      }
    } catch (IllegalArgumentException e) {
      LOG.error("Rows make routes that mean nothing; the routes before are followed.", e);
    } catch (RuntimeException e) {
      LOG.error("Routes were not applied.", e);
    }
  }

  private void apply(Gateway running, State state, RouteNews news) throws InterruptedException {
    List<String> faults = running.apply(book.routes(state, news.balancers, news.groups));
    if (mapPorts(running, state, news.balancers, faults)) {
      faults = running.apply(book.routes(state, news.balancers, Set.of()));
    }
    faults.forEach(fault -> LOG.warn("{}", fault));
    List<ReportListeners.Bound> bound = new ArrayList<>();
    for (String arn : news.balancers) {
      for (Listener listener : state.by(Listener.OF_LOAD_BALANCER, arn)) {
        bound.add(bound(running, state, listener, faults));
      }
    }
    if (!news.balancers.isEmpty()) {
      keep(reports.listeners(new ReportListeners.Report(List.copyOf(news.balancers), bound)));
    }
  }

  /** Whether some listener has to listen elsewhere, since its own port is not for us. */
  private boolean mapPorts(
      Gateway running, State state, Set<String> balancers, List<String> faults) {
    boolean mapped = false;
    for (String arn : balancers) {
      for (Listener listener : state.by(Listener.OF_LOAD_BALANCER, arn)) {
        String fault = fault(state, listener, faults);
        boolean forbidden =
            fault.contains("Permission denied") || fault.contains("annot assign requested address");
        if (forbidden && running.address(listener.arn()).isEmpty()) {
          mapped |= book.map(listener.arn());
        }
      }
    }
    return mapped;
  }

  private ReportListeners.Bound bound(
      Gateway running, State state, Listener listener, List<String> faults) {
    InetSocketAddress address = running.address(listener.arn()).orElse(null);
    if (address != null) {
      Integer other = address.getPort() == listener.port() ? null : address.getPort();
      return new ReportListeners.Bound(listener.arn(), other, null);
    }
    String fault = book.leftOut(listener.arn());
    fault = fault.isEmpty() ? fault(state, listener, faults) : fault;
    return new ReportListeners.Bound(
        listener.arn(), null, fault.isEmpty() ? "Nothing listens there." : cause(fault));
  }

  /** The end of a chain of causes: what the machine said. */
  private static String cause(String fault) {
    return fault.substring(fault.lastIndexOf(": ") < 0 ? 0 : fault.lastIndexOf(": ") + 2);
  }

  /** What the gateway says of a listener's address; "" for nothing. */
  private static String fault(State state, Listener listener, List<String> faults) {
    LoadBalancer balancer = state.find(LoadBalancer.KIND, listener.loadBalancerArn());
    String place = balancer == null ? "" : balancer.address() + ':' + listener.port() + ':';
    for (String fault : faults) {
      if (!place.isEmpty() && fault.contains(place)) {
        return fault;
      }
    }
    return "";
  }

  /** After a start rows may say what is no longer so. */
  private void compare(Gateway running, View view) {
    for (Target target : view.all(Target.KIND)) {
      Map<String, TargetHealth> health = running.health(target.targetGroupArn());
      TargetHealth now = health.get(target.id() + ':' + target.port());
      if (now != null && now.state() != TargetHealth.State.INITIAL) {
        found(target.targetGroupArn(), target.id(), target.port(), now);
      }
    }
  }

  private void found(String groupArn, String id, int port, TargetHealth health) {
    boolean taken =
        found.offer(
            new ReportTargetHealth.Found(
                groupArn,
                id,
                port,
                health.state().name().toLowerCase(Locale.ROOT),
                health.reason(),
                health.description()));
    if (!taken) {
      LOG.warn("The health of {}:{} in {} was left out: too much is waiting.", id, port, groupArn);
    }
  }

  private void tell() {
    List<ReportTargetHealth.Found> batch = new ArrayList<>();
    try {
      while (true) {
        batch.add(found.take());
        found.drainTo(batch, AT_ONCE);
        keep(reports.health(new ReportTargetHealth.Report(List.copyOf(batch))));
        batch.clear();
      }
    } catch (InterruptedException e) {
      LOG.debug("The health of targets is told no more.", e);
    }
  }

  private static void keep(CompletableFuture<Integer> report) throws InterruptedException {
    try {
      report.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Whoever leads next compares everything.
      LOG.warn("What the data plane found was not kept: {}", e.toString());
    }
  }

  /** Hears the gateway on its control thread. */
  private final class Ear implements GatewayListener {
    @Override
    public void health(Transition transition) {
      found(
          transition.targetGroupArn(),
          transition.targetId(),
          transition.targetPort(),
          transition.after());
    }
  }

  /** The routes that are followed now; none before there is a load balancer. */
  public Routes routes() {
    Gateway running = gateway;
    return running == null ? Routes.none() : running.routes();
  }

  /** Ends all connections. */
  @Override
  public void close() {
    follower.interrupt();
    teller.interrupt();
    try {
      follower.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Gateway running = gateway;
    if (running != null) {
      running.close();
    }
  }
}
