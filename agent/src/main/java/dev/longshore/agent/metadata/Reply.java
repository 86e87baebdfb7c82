package dev.longshore.agent.metadata;

import dev.longshore.wire.json.Json;
import java.util.Map;

/** An answer. */
record Reply(int status, String contentType, String body, Map<String, String> headers) {
  private static final String TEXT = "text/plain; charset=utf-8";

  /** As Go's own servers answer paths they do not know. */
  static final Reply NOT_FOUND = text(404, "404 page not found\n");

  static final Reply METHOD_NOT_ALLOWED = new Reply(405, TEXT, "", Map.of());

  static Reply json(int status, Json body) {
    return new Reply(status, "application/json", body.write(), Map.of());
  }

  static Reply json(Json body) {
    return json(200, body);
  }

  /** Errors of the metadata paths are a bare JSON string. */
  static Reply problem(int status, String message) {
    return json(status, Json.of(message));
  }

  static Reply text(int status, String body) {
    return new Reply(status, TEXT, body, Map.of());
  }

  static Reply movedTo(String location) {
    return new Reply(301, TEXT, "", Map.of("Location", location));
  }
}
