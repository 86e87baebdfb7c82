package dev.longshore.gateway.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;

/** How HTTP/1.1 says where an answer ends. */
final class Framing {
  private Framing() {}

  /**
   * Sets the headers that say where a target's answer ends.
   *
   * @return whether only the end of the connection can say it
   */
  static boolean frame(HttpResponse head, boolean toHead, boolean oldClient) {
    HttpHeaders headers = head.headers();
    int code = head.status().code();
    boolean bodiless = toHead || code == 204 || code == 304;
    boolean chunked = HttpUtil.isTransferEncodingChunked(head);
    boolean framed = bodiless || chunked || headers.contains(HttpHeaderNames.CONTENT_LENGTH);
    if (oldClient && (chunked || !framed)) {
      headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
      return true;
    }
    if (!framed) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    return false;
  }

  /** Says whether the connection goes on. */
  static void keep(HttpResponse head, boolean keep) {
    head.headers()
        .set(
            HttpHeaderNames.CONNECTION,
            keep ? HttpHeaderValues.KEEP_ALIVE : HttpHeaderValues.CLOSE);
  }

  /** The end of a body without the trailers, which are between two neighbours only. */
  static HttpContent withoutTrailers(HttpContent last) {
    if (last.content().isReadable()) {
      return last;
    }
    last.release();
    return LastHttpContent.EMPTY_LAST_CONTENT;
  }

  /** The same answer to a HEAD. */
  static HttpResponse bodiless(FullHttpResponse response) {
    response.release();
    return new DefaultFullHttpResponse(
        response.protocolVersion(),
        response.status(),
        Unpooled.EMPTY_BUFFER,
        response.headers(),
        response.trailingHeaders());
  }
}
