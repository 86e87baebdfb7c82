package dev.longshore.gateway.http;

import dev.longshore.gateway.route.BalancerSettings;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Locale;

/** What is taken from and added to headers on the way to a target and back. */
final class Forwarding {
  static final AsciiString FORWARDED_FOR = AsciiString.cached("X-Forwarded-For");
  private static final AsciiString FORWARDED_PROTO = AsciiString.cached("X-Forwarded-Proto");
  private static final AsciiString FORWARDED_PORT = AsciiString.cached("X-Forwarded-Port");
  private static final AsciiString TLS_VERSION = AsciiString.cached("x-amzn-tls-version");
  private static final AsciiString TLS_CIPHER = AsciiString.cached("x-amzn-tls-cipher-suite");
  private static final AsciiString PROXY_CONNECTION = AsciiString.cached("proxy-connection");
  private static final AsciiString KEEP_ALIVE = AsciiString.cached("keep-alive");
  private static final AsciiString HTTP2_SETTINGS = AsciiString.cached("http2-settings");

  /** Carry a message's framing or its route; no Connection header can name them away. */
  private static final List<String> KEPT = List.of("host", "content-length", "transfer-encoding");

  /** What HTTP/2's translation to HTTP/1.1 adds; a client cannot mean these. */
  private static final List<AsciiString> TRANSLATION =
      List.of(
          AsciiString.cached("x-http2-stream-id"),
          AsciiString.cached("x-http2-scheme"),
          AsciiString.cached("x-http2-path"),
          AsciiString.cached("x-http2-stream-promise-id"),
          AsciiString.cached("x-http2-stream-dependency-id"),
          AsciiString.cached("x-http2-stream-weight"));

  private Forwarding() {}

  /** Takes out what is between two neighbours only. */
  static void stripHops(HttpHeaders headers) {
    if (headers.contains(HttpHeaderNames.CONNECTION)) {
      headers.getAll(HttpHeaderNames.CONNECTION).forEach(value -> stripNamed(headers, value));
      headers.remove(HttpHeaderNames.CONNECTION);
    }
    headers.remove(KEEP_ALIVE);
    headers.remove(PROXY_CONNECTION);
    headers.remove(HttpHeaderNames.UPGRADE);
  }

  private static void stripNamed(HttpHeaders headers, String connection) {
    if (connection.equalsIgnoreCase("keep-alive")) {
      // What nearly all say. It names a header that is taken out in any case.
      return;
    }
    for (String name : connection.split(",")) {
      String token = name.strip();
      if (!token.isEmpty() && !KEPT.contains(token.toLowerCase(Locale.ROOT))) {
        headers.remove(token);
      }
    }
  }

  /** Makes a client's headers those of a request to a target; returns the trace's id. */
  static String toTarget(HttpHeaders headers, FrontSession front, BalancerSettings settings) {
    boolean trailers = headers.contains(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
    stripHops(headers);
    headers.remove(HTTP2_SETTINGS);
    headers.remove(HttpHeaderNames.EXPECT);
    headers.remove(HttpHeaderNames.TE);
    if (trailers && front.isHttp2()) {
      headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
    }
    if (front.isHttp2()) {
      TRANSLATION.forEach(headers::remove);
      joinCookies(headers);
    }
    if (!settings.preserveHost()) {
      host(headers, front);
    }
    forwardedFor(headers, front, settings);
    headers.set(FORWARDED_PROTO, front.isSecure() ? "https" : "http");
    headers.set(FORWARDED_PORT, front.port());
    if (settings.tlsHeaders()) {
      front.tls(headers, TLS_VERSION, TLS_CIPHER);
    }
    return TraceIds.on(headers);
  }

  /** Targets are spoken to in HTTP/1.1, whatever the client speaks, or are to switch from it. */
  static void speak(HttpRequest request, boolean upgrade) {
    HttpHeaders headers = request.headers();
    if (upgrade) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      if (!headers.contains(HttpHeaderNames.HOST)) {
        headers.set(HttpHeaderNames.HOST, "");
      }
    }
  }

  /** HTTP/2 may split cookies over headers; HTTP/1.1 has one. */
  private static void joinCookies(HttpHeaders headers) {
    List<String> cookies = headers.getAll(HttpHeaderNames.COOKIE);
    if (cookies.size() > 1) {
      headers.set(HttpHeaderNames.COOKIE, String.join("; ", cookies));
    }
  }

  /** Names the listener's port where that is not a usual one, and no port where it is. */
  private static void host(HttpHeaders headers, FrontSession front) {
    String host = headers.get(HttpHeaderNames.HOST);
    if (host == null || host.isEmpty()) {
      return;
    }
    String name = AskedRequest.withoutPort(host);
    boolean given = name.length() < host.length();
    boolean usual = front.port().equals("80") || front.port().equals("443");
    if (usual && given) {
      headers.set(HttpHeaderNames.HOST, name);
    } else if (!usual && !given) {
      headers.set(HttpHeaderNames.HOST, name + ':' + front.port());
    }
  }

  /** Makes an answer's headers those that the listener is told to have. */
  static void toClient(HttpHeaders headers, BalancerSettings settings) {
    settings
        .answerHeaders()
        .forEach((name, value) -> {
          if (value.isEmpty()) {
            headers.remove(name);
          } else {
            headers.set(name, value);
          }
        });
  }

  private static void forwardedFor(
      HttpHeaders headers, FrontSession front, BalancerSettings settings) {
    switch (settings.forwarded()) {
      case REMOVE -> headers.remove(FORWARDED_FOR);
      case PRESERVE -> {}
      case APPEND -> {
        String client = settings.clientPort() ? front.clientWithPort() : front.client();
        if (headers.contains(FORWARDED_FOR)) {
          String before = String.join(", ", headers.getAll(FORWARDED_FOR));
          client = before.isBlank() ? client : before + ", " + client;
        }
        headers.set(FORWARDED_FOR, client);
      }
    }
  }
}
