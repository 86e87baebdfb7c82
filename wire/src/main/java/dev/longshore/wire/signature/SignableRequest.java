package dev.longshore.wire.signature;

import java.util.Collection;
import java.util.List;
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
  private final Collection<String> names;
  private final byte[] body;

  /** Finds header values by lower-case name, several of one name joined by {@code ,}. */
  @FunctionalInterface
  public interface HeaderValues {
    @Nullable String value(String name);
  }

  /**
   * A request that is to be signed, with the given raw parts; the query is what follows the
   * question mark, empty where there is none, and the body is as sent, still compressed where it
   * has a content encoding.
   */
  public SignableRequest(
      String method, String path, String query, HeaderValues headers, byte[] body) {
    this(method, path, query, headers, List.of(), body);
  }

  /**
   * The same of a request that came.
   *
   * @param names of all headers it has, in lower case: some may have to be covered
   */
  public SignableRequest(
      String method,
      String path,
      String query,
      HeaderValues headers,
      Collection<String> names,
      byte[] body) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.names = names;
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

  /** Of all headers; empty for a request that is to be signed. */
  Collection<String> names() {
    return names;
  }

  byte[] body() {
    return body;
  }
}
