package dev.longshore.server.http;

import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of one server share: the routes and the count of what is going on. */
final class Reception {
  /** What every connection is told by its pipeline. */
  enum Event {
    CLOSING
  }

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

  private final HttpSettings settings;
  private final HttpRoute route;
  private final Map<String, WebSocketRoute> webSockets;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong buffered = new AtomicLong();
  private volatile boolean closing;

  Reception(HttpSettings settings, HttpRoute route, Map<String, WebSocketRoute> webSockets) {
    this.settings = settings;
    this.route = route;
    this.webSockets = Map.copyOf(webSockets);
  }

  HttpSettings settings() {
    return settings;
  }

  /** Once true, connections end as soon as they have answered what they took. */
  boolean closing() {
    return closing;
  }

  void close() {
    closing = true;
  }

  /** Who is at the other end of a connection. */
  Peer peer(Channel connection) {
    return new Peer(connection.remoteAddress(), settings.tls() != null);
  }

  /** Takes so many bytes of the memory for bodies; false where it is used up. */
  boolean reserve(int bytes) {
    if (buffered.addAndGet(bytes) <= settings.limits().buffered()) {
      return true;
    }
    buffered.addAndGet(-bytes);
    return false;
  }

  void release(int bytes) {
    buffered.addAndGet(-bytes);
  }

  /** Whether the route wants such a request's body as it arrives. */
  boolean streams(String method, String target) {
    return route.streams(method, target);
  }

  /**
   * Has the route answer; the reply is called once, on this event loop, whatever happens. The
   * request's body was reserved and is released with the answer.
   */
  void answer(Request request, EventExecutor loop, Consumer<Response> reply) {
    int bytes = request.body().length;
    if (inFlight.incrementAndGet() > settings.limits().inFlight()) {
      inFlight.decrementAndGet();
      release(bytes);
      reply.accept(Refusals.busy());
      return;
    }
    var _ =
        routed(request)
            .whenComplete((response, failure) -> {
              inFlight.decrementAndGet();
              release(bytes);
              Response answer = failure == null ? response : failed(request, failure);
              if (loop.inEventLoop()) {
                reply.accept(answer);
              } else {
                loop.execute(() -> reply.accept(answer));
              }
            });
  }

  private CompletionStage<Response> routed(Request request) {
    try {
      return route.answer(request);
    } catch (Throwable e) {
      // Even an Error must not leave the peer without an answer; it is logged with the request.
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Response failed(Request request, Throwable failure) {
    LOG.error(
        "{} {} from {} failed",
        request.method(),
        request.path(),
        request.peer().address(),
        failure);
    return Refusals.failed();
  }

  /** Asks the route of this path about an upgrade; null where there is no such route. */
  WebSocketRoute.@Nullable Answer upgrade(Request request) {
    WebSocketRoute webSocket = webSockets.get(request.path());
    if (webSocket == null) {
      return null;
    }
    try {
      return webSocket.accept(request);
    } catch (RuntimeException e) {
      return new WebSocketRoute.Refused(failed(request, e));
    }
  }
}
