package dev.longshore.server.http;

/** Decides about the WebSocket upgrades that arrive at one path. */
@FunctionalInterface
public interface WebSocketRoute {
  /** Called on the connection's event loop; must not block. */
  Answer accept(Request upgrade);

  /** Either the listener that serves the new connection, or a plain HTTP refusal. */
  sealed interface Answer {}

  /** The upgrade is granted; the listener belongs to this connection alone. */
  record Accepted(WebSocketListener listener) implements Answer {}

  /** The upgrade is refused with an ordinary response, its body being the error the peer reads. */
  record Refused(Response response) implements Answer {}
}
