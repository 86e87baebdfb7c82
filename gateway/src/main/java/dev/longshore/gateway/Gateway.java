package dev.longshore.gateway;

import dev.longshore.gateway.health.Checks;
import dev.longshore.gateway.health.Probes;
import dev.longshore.gateway.http.HttpTraffic;
import dev.longshore.gateway.metric.Metrics;
import dev.longshore.gateway.metric.Minutes;
import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.Table;
import dev.longshore.gateway.route.TargetHealth;
import dev.longshore.gateway.stream.DatagramTraffic;
import dev.longshore.gateway.stream.StreamTraffic;
import dev.longshore.gateway.tls.Incoming;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens as its routes say, and carries what arrives to targets. It knows no control plane: it is
 * given routes, keeps following the last ones, and says what becomes of targets.
 */
public final class Gateway implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** A load balancer has up to six of these files; all together take at most a GiB. */
  private static final long LOG_BYTES = 16L << 20;

  private static final long ALL_LOGS_BYTES = 1L << 30;

  /** Each has a socket of its own, and there is one table of them for each listener. */
  private static final int MOST_FLOWS = 16_384;

  private static final int LOOK_SECONDS = 2;
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final ScheduledExecutorService control =
      Executors.newSingleThreadScheduledExecutor(
          new DefaultThreadFactory("longshore-gateway-control", true));
  private final MultiThreadIoEventLoopGroup loops;
  private final Metrics metrics = new Metrics();
  private final Minutes minutes = new Minutes(metrics);
  private final HttpTraffic http;
  private final @Nullable AccessLogs logs;
  private final StreamTraffic streams;
  private final Doors doors;
  private final Checks checks;
  private volatile Table table = Table.empty();
  private volatile Incoming certificates = Incoming.none();
  private volatile Map<String, String> faults = Map.of();

  private Gateway(GatewaySettings settings, GatewayListener listener) {
    boolean epoll = Epoll.isAvailable();
    logs =
        settings.accessLogs() == null
            ? null
            : new AccessLogs(new AccessFiles(settings.accessLogs(), LOG_BYTES, ALL_LOGS_BYTES));
    loops =
        new MultiThreadIoEventLoopGroup(
            settings.eventLoops(),
            new DefaultThreadFactory("longshore-gateway", true),
            epoll ? SteadyEpoll.newFactory() : NioIoHandler.newFactory());
    http =
        new HttpTraffic(
            loops,
            epoll ? EpollSocketChannel.class : NioSocketChannel.class,
            this::table,
            metrics,
            settings.http(),
            logs == null ? entry -> {} : logs::add);
    checks =
        new Checks(
            control,
            new Probes(loops, epoll ? EpollSocketChannel.class : NioSocketChannel.class),
            this::table,
            (group, member, before, after) ->
                listener.health(transition(group, member, before, after)));
    streams =
        new StreamTraffic(
            epoll ? EpollSocketChannel.class : NioSocketChannel.class,
            this::table,
            metrics,
            (int) settings.http().connectTimeout().toMillis());
    DatagramTraffic datagrams =
        new DatagramTraffic(
            epoll ? EpollDatagramChannel.class : NioDatagramChannel.class,
            this::table,
            metrics,
            Math.min(MOST_FLOWS, settings.connections()));
    doors =
        new Doors(
            loops, settings, http, streams, datagrams, () -> certificates, this::table, metrics);
    var _ =
        control.scheduleWithFixedDelay(
            () -> minutes.look(Instant.now()), LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** A gateway that listens on nothing yet. */
  public static Gateway start(GatewaySettings settings, GatewayListener listener) {
    return new Gateway(settings, listener);
  }

  /**
   * Finds whether a certificate could be shown.
   *
   * @throws IllegalArgumentException it or its key cannot be read, or they do not belong together
   */
  public static void check(Certificate certificate) {
    Incoming.check(certificate);
  }

  private Table table() {
    return table;
  }

  /**
   * Follows other routes from now on. When this returns, no request is sent by the routes before;
   * requests under way go on, but for those with targets that the new routes do not have. What does
   * not change keeps its connections. Safe to call from any thread but the gateway's own.
   *
   * @return what of the routes could not be followed, such as a port that is taken; in words
   * @throws IllegalArgumentException for routes that mean nothing; then all stays as it was
   */
  public List<String> apply(Routes routes) {
    try {
      return control.submit(() -> change(routes)).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException meaningless) {
        throw meaningless;
      }
      throw new IllegalStateException("routes could not be applied", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while routes were applied", e);
    }
  }

  private List<String> change(Routes routes) {
    Incoming ready = Incoming.of(routes, certificates);
    Table previous = table;
    Table next = Table.of(routes, previous);
    certificates = ready;
    table = next;
    next.retire(previous);
    await(http.sweep());
    streams.sweep();
    checks.follow(next);
    faults = doors.open(next);
    forget(routes);
    return List.copyOf(faults.values());
  }

  private static GatewayListener.Transition transition(
      Group group, Member member, TargetHealth before, TargetHealth after) {
    int checked = group.spec().healthCheck().port();
    return new GatewayListener.Transition(
        group.spec().arn(),
        member.id(),
        member.port(),
        checked == 0 ? member.port() : checked,
        before,
        after);
  }

  private void forget(Routes routes) {
    Set<String> balancers = new LinkedHashSet<>();
    Set<String> groups = new LinkedHashSet<>();
    routes.loadBalancers().forEach(each -> balancers.add(each.name()));
    routes.targetGroups().forEach(each -> groups.add(each.name()));
    metrics.retain(balancers, groups);
  }

  private static void await(List<Future<?>> all) {
    for (Future<?> each : all) {
      try {
        each.get(GRACE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException | TimeoutException e) {
        LOG.error("An event loop does not follow the new routes yet.", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** The routes that are followed. */
  public Routes routes() {
    return table.routes();
  }

  /** Where a listener listens, the port that it was given included. */
  public Optional<InetSocketAddress> address(String listenerArn) {
    return doors.address(listenerArn);
  }

  /** What became of each listener of the routes that are followed. */
  public List<Listening> listening() {
    List<Listening> all = new ArrayList<>();
    for (Gate gate : table.gates()) {
      String arn = gate.spec().arn();
      int port = address(arn).map(InetSocketAddress::getPort).orElse(0);
      all.add(new Listening(arn, port, port == 0 ? faults.getOrDefault(arn, "") : ""));
    }
    return all;
  }

  /** What is known of a group's targets, by {@code ID:PORT}; empty for a group that is unknown. */
  public Map<String, TargetHealth> health(String targetGroupArn) {
    Map<String, TargetHealth> health = new LinkedHashMap<>();
    Group group = table.group(targetGroupArn);
    if (group != null) {
      for (Member member : group.members()) {
        health.put(member.toString(), member.health());
      }
    }
    return health;
  }

  /** What was counted so far. */
  public Metrics metrics() {
    return metrics;
  }

  /** What was counted, by minutes, as of a few seconds ago. */
  public Minutes minutes() {
    return minutes;
  }

  /** Listens no more and ends all connections. Blocks until then. */
  @Override
  public void close() {
    doors.close();
    control.shutdownNow();
    loops.shutdownGracefully(0, GRACE.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly();
    if (logs != null) {
      logs.close();
    }
  }
}
