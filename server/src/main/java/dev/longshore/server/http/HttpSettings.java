package dev.longshore.server.http;

import java.time.Duration;

/**
 * Where the server listens and what it puts up with. Every limit is a bound on memory or time that
 * one peer can hold.
 *
 * @param host the address to bind, loopback unless the operator says otherwise
 * @param port the port to bind; 0 takes a free one
 * @param eventLoops threads that do the network's work
 * @param bodyLimit bytes of one request's body; larger ones are answered with 413
 * @param bufferedLimit bytes of all bodies being received or answered at once; beyond: 503
 * @param headerLimit bytes of one request's header fields; larger ones are answered with 431
 * @param connectionLimit open connections; more are closed as they arrive
 * @param inFlightLimit requests being answered at once; beyond: 503
 * @param pipelineLimit requests of one HTTP/1.1 connection, or streams of one HTTP/2 connection,
 *     being answered at once; reading pauses beyond it
 * @param idleTimeout how long a connection may stay without a request
 * @param requestTimeout how long a request may take to arrive
 * @param writeTimeout how long a peer may leave an answer unread
 * @param webSocketFrameLimit bytes of one inbound message
 * @param webSocketQueueBytes bytes waiting to be sent on one WebSocket
 * @param webSocketPing silence after which a WebSocket peer is pinged; twice that without any sign
 *     of life ends the connection
 */
public record HttpSettings(
    String host,
    int port,
    int eventLoops,
    int bodyLimit,
    long bufferedLimit,
    int headerLimit,
    int connectionLimit,
    int inFlightLimit,
    int pipelineLimit,
    Duration idleTimeout,
    Duration requestTimeout,
    Duration writeTimeout,
    int webSocketFrameLimit,
    int webSocketQueueBytes,
    Duration webSocketPing) {

  /** The settings of a server on this loopback port, with the limits that documentation names. */
  public static HttpSettings loopback(int port) {
    return new HttpSettings(
        "127.0.0.1",
        port,
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        4 << 20,
        256L << 20,
        32 << 10,
        32_768,
        16_384,
        128,
        Duration.ofSeconds(75),
        Duration.ofSeconds(30),
        Duration.ofSeconds(30),
        1 << 20,
        8 << 20,
        Duration.ofSeconds(20));
  }
}
