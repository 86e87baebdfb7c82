package dev.longshore.server.balancing;

import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.gateway.GatewaySettings;
import dev.longshore.server.engine.Watcher;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Response;
import dev.longshore.server.http.WebSocketRoute;
import dev.longshore.server.metric.MetricStore;
import dev.longshore.wire.json.Members;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes gateways follow the rows, in this process and in others, and keeps in rows what they found.
 */
public final class Balancing implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Balancing.class);

  private final Inbox inbox = new Inbox();
  private final Teller teller;
  private final DataPlane plane;
  private final @Nullable EmbeddedGateway embedded;
  private final Thread follower =
      Thread.ofPlatform().daemon().name("longshore-balancing").unstarted(this::run);

  private Balancing(
      BalancingReports reports,
      Certificates certificates,
      MetricStore metrics,
      InstantSource clock,
      @Nullable Path accessLogs) {
    teller = new Teller(reports);
    plane = new DataPlane(new RouteBook(certificates), teller, new Meter(metrics, clock));
    embedded =
        accessLogs == null
            ? null
            : new EmbeddedGateway(plane, inbox, GatewaySettings.usual().withAccessLogs(accessLogs));
  }

  /**
   * Begins to follow; to be shown every commit from now on.
   *
   * @param metrics is told what all gateways carry
   * @param accessLogs where access logs of traffic in this process go; null to carry none here
   */
  public static Balancing start(
      BalancingReports reports,
      Certificates certificates,
      MetricStore metrics,
      InstantSource clock,
      @Nullable Path accessLogs) {
    Balancing balancing = new Balancing(reports, certificates, metrics, clock, accessLogs);
    balancing.follower.start();
    balancing.teller.start();
    return balancing;
  }

  @Override
  public void leading(State state) {
    inbox.commit(new Committed(state, RouteNews.all(state)));
  }

  @Override
  public void committed(State state, List<Change<?>> changes) {
    RouteNews news = new RouteNews();
    for (Change<?> change : changes) {
      news.note(change, state);
    }
    if (!news.isEmpty()) {
      inbox.commit(new Committed(state, news));
    }
  }

  private void run() {
    if (embedded != null) {
      plane.joined(embedded);
    }
    try {
      while (true) {
        turn();
      }
    } catch (InterruptedException e) {
      LOG.debug("The data plane is followed no more.", e);
    }
  }

  private void turn() throws InterruptedException {
    try {
      inbox.take(committed -> plane.follow(committed.state(), committed.news()));
      plane.tick();
    } catch (RuntimeException e) {
      LOG.error("What a gateway said, or a commit, was not followed.", e);
    }
  }

  /**
   * Where gateways in processes of their own connect. Routes hold private keys, so only who may
   * follow them gets in.
   *
   * @param problem what is wrong with an upgrade's sender; null for nothing
   */
  public WebSocketRoute feed(Function<Request, @Nullable String> problem) {
    return upgrade -> {
      String wrong = problem.apply(upgrade);
      return wrong == null
          ? new WebSocketRoute.Accepted(new FeedSession(plane, inbox))
          : new WebSocketRoute.Refused(refusal(wrong));
    };
  }

  private static Response refusal(String text) {
    String body =
        new Members().put("__type", "AccessDeniedException").put("message", text).json().write();
    return Response.of(403, "application/json", body);
  }

  /** Ends the traffic that this process carries; other gateways carry theirs on. */
  @Override
  public void close() {
    follower.interrupt();
    teller.close();
    try {
      follower.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (embedded != null) {
      embedded.dismiss("The control plane ends.");
    }
  }
}
