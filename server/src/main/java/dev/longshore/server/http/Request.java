package dev.longshore.server.http;

import java.net.SocketAddress;

/**
 * One whole request: its body is complete and within {@link HttpSettings.Limits#body()}.
 *
 * <p>Path and query are the raw bytes of the wire, not decoded, because signatures cover them so.
 */
public final class Request {
  private final String method;
  private final String path;
  private final String query;
  private final Headers headers;
  private final byte[] body;
  private final SocketAddress remote;

  public Request(String method, String target, Headers headers, byte[] body, SocketAddress remote) {
    int mark = target.indexOf('?');
    this.method = method;
    this.path = mark < 0 ? target : target.substring(0, mark);
    this.query = mark < 0 ? "" : target.substring(mark + 1);
    this.headers = headers;
    this.body = body;
    this.remote = remote;
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

  /** Who is connected, for logs. */
  public SocketAddress remote() {
    return remote;
  }
}
