/**
 * For: everything that speaks HTTP to this process, on one port: HTTP/1.1, HTTP/2 and WebSocket.
 *
 * <p>Holds: the Netty server, its limits, time-outs and certificate; knows no AWS protocol and no
 * ECS.
 *
 * <p>Doors: HttpServer, HttpSettings, Tls, HttpRoute, Request, Peer, Response, Headers, BodyStream,
 * Content, WebSocketRoute, WebSocketListener, WebSocketConnection.
 *
 * <p>Threads: routes and listeners are called on event loops and must not block; answers and sends
 * may come from any thread.
 */
@NullMarked
package dev.longshore.server.http;

import org.jspecify.annotations.NullMarked;
