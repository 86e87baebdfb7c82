package dev.longshore.server.registry;

import dev.longshore.server.http.Response;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A request that is refused in the words of the distribution protocol. */
final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient List<Response.Header> headers = new ArrayList<>();

  RefusedException(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  RefusedException with(String name, String value) {
    headers.add(new Response.Header(name, value));
    return this;
  }

  /** The error as the distribution protocol names it. */
  String code() {
    return code;
  }

  int status() {
    return status;
  }

  Response response() {
    Map<String, Json> error = new LinkedHashMap<>();
    error.put("code", Json.of(code));
    error.put("message", Json.of(getMessage()));
    Json body = new Json.Fields(Map.of("errors", new Json.Items(List.of(new Json.Fields(error)))));
    Response response =
        Response.of(status, "application/json; charset=utf-8", JsonText.bytes(body));
    for (Response.Header header : headers) {
      response = response.with(header.name(), header.value());
    }
    return response;
  }

  static RefusedException manifestUnknown() {
    return new RefusedException(404, "MANIFEST_UNKNOWN", "Requested image not found");
  }

  static RefusedException manifestInvalid(String message) {
    return new RefusedException(400, "MANIFEST_INVALID", message);
  }

  static RefusedException blobUnknown() {
    return new RefusedException(404, "BLOB_UNKNOWN", "blob unknown to registry");
  }

  static RefusedException uploadUnknown() {
    return new RefusedException(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
  }

  static RefusedException digestInvalid(String message) {
    return new RefusedException(400, "DIGEST_INVALID", message);
  }
}
