package dev.longshore.server.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.UUID;

/**
 * What the server itself answers where a request never reaches a route, in the form that AWS's JSON
 * services use, for most clients here speak that.
 */
final class Refusals {
  private Refusals() {}

  static Response bodyTooLarge(int limit) {
    return error(
        413,
        "RequestEntityTooLargeException",
        "The request body is larger than " + limit + " bytes.");
  }

  /** The bytes that came are no HTTP request. */
  static Response malformed(Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException) {
      return headersTooLarge();
    }
    if (cause instanceof TooLongHttpLineException) {
      return error(414, "RequestUriTooLongException", "The request line is too long.");
    }
    return badRequest("The request is not valid HTTP.");
  }

  static Response headersTooLarge() {
    return error(
        431, "RequestHeaderSectionTooLargeException", "The request's header fields are too long.");
  }

  static Response badRequest(String message) {
    return error(400, "BadRequestException", message);
  }

  static Response timedOut() {
    return error(408, "RequestTimeoutException", "The request took too long to arrive.");
  }

  static Response webSocketVersion() {
    return error(426, "BadRequestException", "Only version 13 of WebSocket is spoken here.")
        .with("sec-websocket-version", "13");
  }

  static Response busy() {
    return error(503, "ServiceUnavailableException", "Too many requests are being served. Retry.");
  }

  static Response failed() {
    return error(500, "ServerException", "The request could not be served.");
  }

  private static Response error(int status, String code, String message) {
    String body = "{\"__type\":\"" + code + "\",\"message\":\"" + message + "\"}";
    return Response.of(status, "application/x-amz-json-1.1", body)
        .with("x-amzn-requestid", UUID.randomUUID().toString());
  }
}
