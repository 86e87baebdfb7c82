package dev.longshore.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route answers. The server adds {@code content-length} (unless the answer has one, as to
 * HEAD), {@code date} and connection.
 */
public final class Response {
  private final int status;
  private final List<Header> headers;
  private final byte[] body;
  private final @Nullable Content content;

  /** One header field; the name in lower case, as HTTP/2 requires. */
  public record Header(String name, String value) {}

  private Response(int status, List<Header> headers, byte[] body, @Nullable Content content) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.content = content;
  }

  /** An answer whose body is read as it is sent; the server closes the content. */
  public static Response streamed(int status, List<Header> headers, Content content) {
    return new Response(status, headers, new byte[0], content);
  }

  /** An answer with a body of the given type; the array must not be written to afterwards. */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, List.of(new Header("content-type", contentType)), body, null);
  }

  /** An answer with these header fields; neither list nor array may be written to afterwards. */
  public static Response of(int status, List<Header> headers, byte[] body) {
    return new Response(status, headers, body, null);
  }

  /** An answer with a text body, encoded as UTF-8. */
  public static Response of(int status, String contentType, String body) {
    return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /** An answer without a body. */
  public static Response empty(int status) {
    return new Response(status, List.of(), new byte[0], null);
  }

  /** The same answer with one more header field; the name in lower case. */
  public Response with(String name, String value) {
    var more = new ArrayList<Header>(headers.size() + 1);
    more.addAll(headers);
    more.add(new Header(name, value));
    return new Response(status, List.copyOf(more), body, content);
  }

  public int status() {
    return status;
  }

  public List<Header> headers() {
    return headers;
  }

  /** The body where it is not in memory; null where {@link #body()} has it. */
  @Nullable Content content() {
    return content;
  }

  /** How many bytes the body has. */
  public long length() {
    return content == null ? body.length : content.length();
  }

  /** The body's bytes; never write into them. */
  public byte[] body() {
    return body;
  }
}
