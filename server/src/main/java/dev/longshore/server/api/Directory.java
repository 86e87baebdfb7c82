package dev.longshore.server.api;

import dev.longshore.server.http.Request;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the API, the operation and the protocol that a request means. */
final class Directory {
  private static final String JSON_1_0 = "application/x-amz-json-1.0";
  private static final String JSON_1_1 = "application/x-amz-json-1.1";

  private final Map<String, ServedApi> byTarget = new HashMap<>();

  Directory(List<ServedApi> apis) {
    for (ServedApi api : apis) {
      if (!api.model().targetPrefix().isEmpty()) {
        byTarget.put(api.model().targetPrefix(), api);
      }
    }
  }

  /**
   * @throws ServiceException {@code UnknownOperationException} where nothing here is meant, which
   *     is also what AWS answers to a protocol that a service does not speak
   */
  Call call(String id, Request request) {
    String target = request.headers().first("x-amz-target");
    if (target == null) {
      throw unknown("The request names no operation: it has no X-Amz-Target header.");
    }
    int dot = target.lastIndexOf('.');
    ServedApi api = dot < 0 ? null : byTarget.get(target.substring(0, dot));
    OperationModel operation =
        api == null ? null : api.model().operation(target.substring(dot + 1));
    if (api == null || operation == null) {
      throw unknown("Unknown operation: " + target);
    }
    if (!request.method().equals("POST")) {
      throw unknown("Operations of this protocol are called by POST, not by " + request.method());
    }
    return new Call(id, request, api, operation, jsonProtocol(request));
  }

  private static Protocol jsonProtocol(Request request) {
    String contentType = request.headers().first("content-type");
    return switch (mediaType(contentType)) {
      case JSON_1_0 -> Protocol.AWS_JSON_1_0;
      case JSON_1_1 -> Protocol.AWS_JSON_1_1;
      default ->
          throw unknown("Operations are not called with content type " + contentType + " here.");
    };
  }

  /** The protocol in which to tell a caller whose request means nothing here. */
  Protocol fallback(Request request) {
    return mediaType(request.headers().first("content-type")).equals(JSON_1_0)
        ? Protocol.AWS_JSON_1_0
        : Protocol.AWS_JSON_1_1;
  }

  private static String mediaType(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static ServiceException unknown(String message) {
    return new ServiceException("UnknownOperationException", 400, message);
  }
}
