package dev.longshore.wire.signature;

import org.jspecify.annotations.Nullable;

/**
 * What a signature covers. Path, query and header values are the bytes of the wire, one character
 * per byte (ISO-8859-1), undecoded: re-encoding them is part of the algorithm.
 */
public final class SignableRequest {
  private final String method;
  private final String path;
  private final String query;
  private final HeaderValues headers;
  private final byte[] body;

  /** Finds header values by lower-case name, several of one name joined by {@code ,}. */
  @FunctionalInterface
  public interface HeaderValues {
    @Nullable String value(String name);
  }

  /**
   * A request with the given raw parts; the query is what follows the question mark, empty where
   * there is none, and the body is as sent, still compressed where it has a content encoding.
   */
  public SignableRequest(
      String method, String path, String query, HeaderValues headers, byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.body = body;
  }

  String method() {
    return method;
  }

  String path() {
    return path;
  }

  String query() {
    return query;
  }

  @Nullable String header(String name) {
    return headers.value(name);
  }

  byte[] body() {
    return body;
  }
}
