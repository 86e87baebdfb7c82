package dev.longshore.gateway.feed;

import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewayListener;
import dev.longshore.gateway.RoutesFile;
import dev.longshore.gateway.feed.FeedMessage.Applied;
import dev.longshore.gateway.feed.FeedMessage.Beat;
import dev.longshore.gateway.feed.FeedMessage.Found;
import dev.longshore.gateway.feed.FeedMessage.Health;
import dev.longshore.gateway.feed.FeedMessage.Hello;
import dev.longshore.gateway.feed.FeedMessage.Took;
import dev.longshore.gateway.feed.FeedMessage.Update;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Routes;
import dev.longshore.wire.json.JsonSyntaxException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a gateway follow a control plane: begins with the routes that were kept last, connects, is
 * told what of them differs, and tells back what it follows and finds. Whatever happens to the
 * control plane, the last routes stay in force.
 */
public final class Feed implements GatewayListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Feed.class);

  /** More digests would not fit into one message; the control plane then sends all parts. */
  private static final int MOST_DIGESTS = 4_000;

  private static final int AT_ONCE = 1_000;
  private static final int SILENT_BEATS = 3;

  private final FeedSettings settings;
  private final InstantSource clock;
  private final LongConsumer followed;
  private final Pause pause;
  private final String run;
  private final HealthNews news = new HealthNews();
  private final CountDownLatch closed = new CountDownLatch(1);
  private Parts parts = Parts.none();
  private volatile @Nullable FeedConnection open;

  /**
   * @param followed told the version of all routes that the gateway follows from then on
   */
  public Feed(
      FeedSettings settings, InstantSource clock, RandomGenerator random, LongConsumer followed) {
    this.settings = settings;
    this.clock = clock;
    this.followed = followed;
    pause = new Pause(random);
    run = HexFormat.of().toHexDigits(random.nextLong()) + '-' + clock.millis();
  }

  @Override
  public void health(Transition transition) {
    news.add(transition);
    FeedConnection connection = open;
    if (connection != null) {
      connection.nudge();
    }
  }

  /**
   * Keeps the gateway fed until {@link #close}.
   *
   * @param gateway one that tells this object of targets' health
   * @throws IOException where the kept routes cannot be read
   */
  public void run(Gateway gateway) throws IOException, InterruptedException {
    RoutesFile file = new RoutesFile(settings.lastRoutes());
    begin(gateway, file);
    HttpClient client = client();
    try (LastRoutes last = new LastRoutes(file)) {
      while (closed.getCount() > 0) {
        connect(client, gateway, last);
        var _ = closed.await(pause.next().toNanos(), TimeUnit.NANOSECONDS);
      }
    } finally {
      client.shutdownNow();
    }
  }

  private HttpClient client() {
    SSLContext tls = settings.tls();
    HttpClient.Builder builder = HttpClient.newBuilder();
    return tls == null ? builder.build() : builder.sslContext(tls).build();
  }

  private void connect(HttpClient client, Gateway gateway, LastRoutes last)
      throws InterruptedException {
    try (FeedConnection connection = FeedConnection.open(client, settings, clock.instant())) {
      LOG.info("{} follows {}", settings.gateway(), settings.endpoint());
      open = connection;
      converse(connection, gateway, last);
    } catch (IOException | JsonSyntaxException | IllegalArgumentException e) {
      LOG.warn("The last routes stay in force: {}", e.getMessage());
    } finally {
      open = null;
    }
  }

  private void begin(Gateway gateway, RoutesFile file) throws IOException {
    Routes kept = file.read().orElse(null);
    if (kept != null) {
      String problem = apply(gateway, kept);
      if (problem.isEmpty()) {
        parts = Parts.of(kept, Parts.none());
      } else {
        LOG.error("The kept routes mean nothing: {}", problem);
      }
    }
  }

  private void converse(FeedConnection connection, Gateway gateway, LastRoutes last)
      throws IOException, InterruptedException {
    Map<String, String> have = parts.digests();
    connection.send(new Hello(settings.gateway(), have.size() > MOST_DIGESTS ? Map.of() : have));
    Talk talk = new Talk(connection, gateway, last, have.size() > MOST_DIGESTS);
    while (closed.getCount() > 0 && talk.goesOn()) {
      talk.step();
    }
  }

  /** Follows routes, at the address that was asked for; says what is wrong with them. */
  private String apply(Gateway gateway, Routes routes) {
    try {
      gateway.apply(relocated(routes)).forEach(LOG::warn);
      followed.accept(routes.version());
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private Routes relocated(Routes routes) {
    String address = settings.address();
    if (address == null) {
      return routes;
    }
    List<LoadBalancer> moved =
        routes.loadBalancers().stream()
            .map(each ->
                new LoadBalancer(
                    each.name(),
                    each.dnsName(),
                    each.attributes(),
                    each.listeners().stream().map(one -> one.at(address)).toList()))
            .toList();
    return new Routes(routes.version(), moved, routes.targetGroups());
  }

  /** Ends the connection; the gateway goes on. */
  @Override
  public void close() {
    closed.countDown();
    FeedConnection connection = open;
    if (connection != null) {
      connection.close();
      connection.nudge();
    }
  }

  /** One connection's conversation. */
  private final class Talk {
    private final FeedConnection connection;
    private final Gateway gateway;
    private final LastRoutes last;
    private final CountNews counts = new CountNews(run);
    private long heard = System.nanoTime();
    private long nextBeat = heard + settings.beat().toNanos();
    private boolean told;
    private boolean goesOn = true;

    Talk(FeedConnection connection, Gateway gateway, LastRoutes last, boolean anew) {
      this.connection = connection;
      this.gateway = gateway;
      this.last = last;
      if (anew) {
        parts = Parts.none();
      }
    }

    boolean goesOn() {
      return goesOn;
    }

    void step() throws IOException, InterruptedException {
      if (System.nanoTime() - nextBeat >= 0) {
        beat();
      }
      switch (connection.receive(Duration.ofNanos(nextBeat - System.nanoTime()))) {
        case FeedConnection.Event.Text(String text) -> {
          heard = System.nanoTime();
          heard(FeedJson.read(text));
        }
        case FeedConnection.Event.Nudge nudge -> {
          if (told) {
            tell(news.take());
          }
        }
        case FeedConnection.Event.Over(String reason) -> {
          LOG.info("The feed ended: {}", reason);
          goesOn = false;
        }
        case null -> LOG.trace("The next beat is due.");
      }
    }

    private void beat() throws IOException, InterruptedException {
      long now = System.nanoTime();
      if (now - heard > settings.beat().toNanos() * SILENT_BEATS) {
        throw new IOException("the control plane is silent");
      }
      connection.send(new Beat());
      if (told) {
        for (FeedMessage each : counts.take(gateway.minutes())) {
          connection.send(each);
        }
      }
      nextBeat = now + settings.beat().toNanos();
    }

    private void heard(FeedMessage message) throws IOException, InterruptedException {
      switch (message) {
        case Update update -> update(update);
        case Beat beat -> pause.reset();
        default -> throw new IOException("the control plane says what only gateways say");
      }
    }

    /** What was found by these routes is told before that they are followed. */
    private void update(Update update) throws IOException, InterruptedException {
      parts = parts.with(update);
      if (update.more()) {
        connection.send(new Took());
        return;
      }
      Routes routes = parts.routes(update.version());
      String problem = apply(gateway, routes);
      if (problem.isEmpty()) {
        // Before anything is said, which fails where the connection has just ended.
        last.keep(routes);
      }
      tell(told ? news.take() : news.takeAll(gateway));
      told = true;
      connection.send(new Applied(update.version(), gateway.listening(), problem));
    }

    private void tell(List<Found> found) throws IOException, InterruptedException {
      for (int from = 0; from < found.size(); from += AT_ONCE) {
        connection.send(new Health(found.subList(from, Math.min(found.size(), from + AT_ONCE))));
      }
    }
  }
}
