package dev.longshore.server.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the server listens and what it puts up with. Every limit bounds the memory or the time that
 * peers can hold.
 *
 * @param host the address to bind, loopback unless the operator says otherwise
 * @param port the port to bind; 0 takes a free one
 * @param eventLoops threads that do the network's work
 * @param tls what peers are shown; null where bytes travel as they are
 */
public record HttpSettings(
    String host,
    int port,
    int eventLoops,
    Limits limits,
    Timeouts timeouts,
    WebSockets webSockets,
    @Nullable Tls tls) {

  /**
   * Bounds of memory.
   *
   * @param body bytes of one request's body; larger ones are answered with 413
   * @param buffered bytes of all bodies being received or answered at once; beyond: 503
   * @param header bytes of one request's header fields; larger ones are answered with 431
   * @param connections open connections; more are closed as they arrive
   * @param inFlight requests being answered at once; beyond: 503
   * @param pipeline requests of one HTTP/1.1 connection, or streams of one HTTP/2 connection, being
   *     answered at once; reading pauses beyond it
   */
  public record Limits(
      int body, long buffered, int header, int connections, int inFlight, int pipeline) {}

  /**
   * Bounds of time, kept to within a quarter of the shortest.
   *
   * @param idle how long a connection may stay without a request
   * @param request how long a request's body may take to arrive
   * @param write how long a peer may leave an answer unread
   */
  public record Timeouts(Duration idle, Duration request, Duration write) {}

  /**
   * Bounds of one WebSocket.
   *
   * @param frame bytes of one inbound message
   * @param queue bytes waiting to be sent
   * @param ping silence after which the peer is pinged; twice that without any sign of life ends
   *     the connection
   */
  public record WebSockets(int frame, int queue, Duration ping) {}

  /** The settings of a server on this loopback port, with the limits that documentation names. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1",
        port,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        new Limits(4 << 20, 256L << 20, 32 << 10, 32_768, 16_384, 256),
        new Timeouts(Duration.ofSeconds(75), Duration.ofSeconds(30), Duration.ofSeconds(30)),
        new WebSockets(1 << 20, 8 << 20, Duration.ofSeconds(20)),
        null);
  }

  public HttpSettings withHost(String host) {
    return new HttpSettings(host, port, eventLoops, limits, timeouts, webSockets, tls);
  }

  public HttpSettings withLimits(Limits limits) {
    return new HttpSettings(host, port, eventLoops, limits, timeouts, webSockets, tls);
  }

  public HttpSettings withTimeouts(Timeouts timeouts) {
    return new HttpSettings(host, port, eventLoops, limits, timeouts, webSockets, tls);
  }

  public HttpSettings withWebSockets(WebSockets webSockets) {
    return new HttpSettings(host, port, eventLoops, limits, timeouts, webSockets, tls);
  }

  public HttpSettings withTls(@Nullable Tls tls) {
    return new HttpSettings(host, port, eventLoops, limits, timeouts, webSockets, tls);
  }
}
