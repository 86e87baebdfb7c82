package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Action;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a load balancer answers itself, in AWS's own words. */
final class Answers {
  private static final Map<Integer, String> REASONS =
      Map.of(
          302,
          "Moved Temporarily",
          414,
          "Request-URI Too Large",
          460,
          "Client Closed Connection",
          463,
          "Too Many Addresses",
          464,
          "Incompatible Protocol Versions",
          503,
          "Service Temporarily Unavailable",
          504,
          "Gateway Time-out");

  private Answers() {}

  private static HttpResponseStatus status(int code) {
    String reason = REASONS.get(code);
    return reason == null
        ? HttpResponseStatus.valueOf(code)
        : HttpResponseStatus.valueOf(code, reason);
  }

  /** A refusal or a failure. */
  static FullHttpResponse error(int code) {
    return page(code, status(code).reasonPhrase());
  }

  private static FullHttpResponse page(int code, String reason) {
    String title = code + " " + reason;
    return answer(
        code,
        "text/html",
        "<html>\r\n<head><title>"
            + title
            + "</title></head>\r\n<body>\r\n<center><h1>"
            + title
            + "</h1></center>\r\n</body>\r\n</html>\r\n");
  }

  private static FullHttpResponse answer(int code, String type, String body) {
    ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status(code), content);
    response.headers().set(HttpHeaderNames.SERVER, "awselb/2.0");
    response.headers().set(HttpHeaderNames.DATE, Dates.now());
    if (!type.isEmpty()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
    }
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
    return response;
  }

  /** A fixed response as a rule has it. */
  static FullHttpResponse fixed(Action.FixedResponse fixed) {
    String type = fixed.contentType();
    return answer(fixed.status(), type.isEmpty() ? "" : type + "; charset=utf-8", fixed.body());
  }

  /** A redirect as a rule has it, with the parts of this request filled in. */
  static FullHttpResponse redirect(Action.Redirect redirect, HttpRequest request, FrontSession at) {
    AskedRequest asked = new AskedRequest(request, at.source());
    String protocol = filled(redirect.protocol(), asked, at).toLowerCase(java.util.Locale.ROOT);
    String port = filled(redirect.port(), asked, at);
    String query = filled(redirect.query(), asked, at);
    StringBuilder location = new StringBuilder(protocol);
    location.append("://").append(filled(redirect.host(), asked, at));
    if (!port.equals(protocol.equals("https") ? "443" : "80")) {
      location.append(':').append(port);
    }
    location.append(filled(redirect.path(), asked, at));
    if (!query.isEmpty()) {
      location.append('?').append(query);
    }
    FullHttpResponse response =
        page(redirect.status(), redirect.status() == 302 ? "Found" : "Moved Permanently");
    response.headers().set(HttpHeaderNames.LOCATION, location.toString());
    return response;
  }

  private static String filled(String template, AskedRequest asked, FrontSession at) {
    if (!template.contains("#{")) {
      return template;
    }
    String query = asked.query();
    String path = asked.path();
    return template
        .replace("#{protocol}", at.isSecure() ? "https" : "http")
        .replace("#{port}", at.port())
        .replace("#{host}", asked.host())
        .replace("#{path}", path.startsWith("/") ? path.substring(1) : path)
        .replace("#{query}", query == null ? "" : query);
  }
}
