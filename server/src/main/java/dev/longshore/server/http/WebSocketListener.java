package dev.longshore.server.http;

/**
 * Hears one WebSocket connection: {@code opened}, then any number of {@code text}, then {@code
 * closed} exactly once. All calls come from the connection's one event loop, in order, and must not
 * block. A throw closes the connection with code 1011.
 */
public interface WebSocketListener {
  void opened(WebSocketConnection connection);

  /** One whole text message, its fragments joined. */
  void text(String message);

  /**
   * The connection is gone. Code and reason are the peer's, or 1006 and a reason of our own where
   * no close frame came.
   */
  void closed(int code, String reason);
}
