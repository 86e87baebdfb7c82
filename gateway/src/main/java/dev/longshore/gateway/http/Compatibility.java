package dev.longshore.gateway.http;

import dev.longshore.gateway.route.TargetGroup;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;

/** Which requests a target group's protocol version can take; the others are answered with 464. */
final class Compatibility {
  private static final String GRPC = "application/grpc";

  private Compatibility() {}

  static boolean suits(HttpRequest request, boolean http2, TargetGroup.Version version) {
    return switch (version) {
      case HTTP1 -> !http2 || !isGrpc(request.headers());
      case HTTP2 -> http2;
      case GRPC -> http2 && HttpMethod.POST.equals(request.method());
    };
  }

  private static boolean isGrpc(HttpHeaders headers) {
    String type = headers.get(HttpHeaderNames.CONTENT_TYPE);
    return type != null && type.regionMatches(true, 0, GRPC, 0, GRPC.length());
  }

  static boolean isWebSocket(HttpRequest request) {
    String upgrade = request.headers().get(HttpHeaderNames.UPGRADE);
    return upgrade != null
        && AsciiString.contentEqualsIgnoreCase(upgrade, HttpHeaderValues.WEBSOCKET)
        && HttpMethod.GET.equals(request.method())
        && request
            .headers()
            .containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
  }
}
