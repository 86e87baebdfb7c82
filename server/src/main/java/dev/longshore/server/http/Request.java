package dev.longshore.server.http;

import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One request. Its body is complete and within {@link HttpSettings.Limits#body()}, unless the route
 * asked for a {@link #stream}.
 *
 * <p>Path and query are the raw bytes of the wire, not decoded, because signatures cover them so.
 */
public final class Request {
  private final String method;
  private final String path;
  private final String query;
  private final Headers headers;
  private final byte[] body;
  private final Peer peer;
  private final Executor loop;
  private final @Nullable BodyStream stream;

  /**
   * @param target the request's target as sent, path and query
   * @param loop the event loop of the connection
   */
  public Request(
      String method, String target, Headers headers, byte[] body, Peer peer, Executor loop) {
    this(method, target, headers, body, null, peer, loop);
  }

  /** A request whose body is on its way. */
  static Request streamed(
      String method, String target, Headers headers, BodyStream stream, Peer peer, Executor loop) {
    return new Request(method, target, headers, new byte[0], stream, peer, loop);
  }

  private Request(
      String method,
      String target,
      Headers headers,
      byte[] body,
      @Nullable BodyStream stream,
      Peer peer,
      Executor loop) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    this.headers = headers;
    this.body = body;
    this.peer = peer;
    this.loop = loop;
    this.stream = stream;
  }

  public String method() {
    return method;
  }

  /** The path before the question mark, undecoded. */
  public String path() {
    return path;
  }

  /** The query after the question mark, undecoded; empty where there is none. */
  public String query() {
    return query;
  }

  public Headers headers() {
    return headers;
  }

  /** The body as sent (still compressed where it has a content encoding); never write into it. */
  public byte[] body() {
    return body;
  }

  /** The body as it arrives; null where {@link #body()} has it. */
  public @Nullable BodyStream stream() {
    return stream;
  }

  /**
   * Runs on the connection's event loop. A route whose answer depends on another thread's stage
   * encodes it here, rather than burden that thread, and spares the server a second hand-over.
   */
  public Executor loop() {
    return loop;
  }

  /** Who is connected. */
  public Peer peer() {
    return peer;
  }
}
