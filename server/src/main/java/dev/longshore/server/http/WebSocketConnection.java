package dev.longshore.server.http;

/** Our end of one WebSocket; every method may be called from any thread and never blocks. */
public interface WebSocketConnection {
  /**
   * Queues one text frame; frames leave in the order of the calls of one thread. False where the
   * connection is closed, or where its queue ({@link HttpSettings.WebSockets#queue()}) cannot take
   * the message: then the peer is too slow and the connection is dropped, so that it comes back and
   * is sent the present state instead of a backlog.
   */
  boolean send(String message);

  /** Sends a close frame behind what is queued and ends the connection; later calls do nothing. */
  void close(int code, String reason);

  /** Whether messages can still be sent. */
  boolean isOpen();

  /** Whom this connection talks to, for logs. */
  String remote();
}
