package dev.longshore.wire;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Location;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The protocols restJson1 and restXml: members stand in path, query, headers and body. */
final class RestCodec implements Codec {
  private final ServiceModel service;
  private final Protocol protocol;
  private final RestBody format;
  private final List<RestRoute> routes;

  RestCodec(ServiceModel service, Protocol protocol, RestBody format) {
    this.service = service;
    this.protocol = protocol;
    this.format = format;
    this.routes =
        service.operations().values().stream()
            .map(RestRoute::of)
            .sorted(RestRoute.MOST_SPECIFIC_FIRST)
            .toList();
  }

  @Override
  public ServiceModel service() {
    return service;
  }

  @Override
  public Protocol protocol() {
    return protocol;
  }

  @Override
  public OperationModel operation(WireRequest request) {
    try {
      var query = RestQuery.parse(request.rawQuery());
      for (var route : routes) {
        if (route.match(request.method(), request.path(), query) != null) {
          return route.operation();
        }
      }
    } catch (IllegalArgumentException e) {
      throw Malformed.because(e.getMessage());
    }
    throw new ServiceException("UnknownOperationException", 404, null);
  }

  @Override
  public Shape readRequest(OperationModel operation, WireRequest request) {
    try {
      var query = RestQuery.parse(request.rawQuery());
      var labels = RestRoute.of(operation).match(request.method(), request.path(), query);
      if (labels == null) {
        throw new ServiceException("UnknownOperationException", 404, null);
      }
      return new RestReader(format, request, labels, query).read(operation.input());
    } catch (IllegalArgumentException e) {
      throw Malformed.because(e.getMessage());
    }
  }

  @Override
  public WireResponse writeResponse(OperationModel operation, Shape output, String requestId) {
    var headers = headers(output, requestId);
    int status = operation.responseCode();
    for (var member : output.schema().members()) {
      if (output.member(member.index()) instanceof Integer code
          && member.location() == Location.STATUS_CODE) {
        status = code;
      }
    }
    byte[] body = null;
    var payload = output.schema().payload();
    if (payload != null) {
      body = payload(payload, output.member(payload.index()), headers);
    } else if (operation.hasOutput()) {
      body = format.writeMembers(operation, output);
      headers.putIfAbsent("content-type", List.of(format.contentType()));
    }
    return new WireResponse(status, WireHeaders.of(headers), body == null ? new byte[0] : body);
  }

  private byte @Nullable [] payload(
      Member member, @Nullable Object value, Map<String, List<String>> headers) {
    if (value == null) {
      return null;
    }
    return switch (member.kind()) {
      case BLOB -> {
        headers.putIfAbsent("content-type", List.of("application/octet-stream"));
        yield ((Blob) value).toBytes();
      }
      case STRING -> {
        headers.putIfAbsent("content-type", List.of("text/plain"));
        yield ((String) value).getBytes(StandardCharsets.UTF_8);
      }
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, DOCUMENT, LIST, MAP, STRUCTURE -> {
        headers.putIfAbsent("content-type", List.of(format.contentType()));
        yield format.writePayload(member, value);
      }
    };
  }

  @Override
  public WireResponse writeError(ServiceException error, String requestId) {
    var headers = headers(error, requestId);
    headers.putIfAbsent("content-type", List.of(format.contentType()));
    headers.put("x-amzn-errortype", List.of(error.schema().name()));
    var body = format.writeError(error, requestId);
    return new WireResponse(error.httpStatus(), WireHeaders.of(headers), body);
  }

  private static Map<String, List<String>> headers(Shape shape, String requestId) {
    var headers = new LinkedHashMap<String, List<String>>();
    for (var member : shape.schema().members()) {
      var value = shape.member(member.index());
      if (value != null) {
        switch (member.location()) {
          case HEADER -> {
            var name = member.wireName().toLowerCase(Locale.ROOT);
            headers.put(name, List.of(header(member, value)));
          }
          case HEADERS -> {
            var prefix = member.locationName() == null ? "" : member.wireName();
            for (var entry : ((Map<?, ?>) value).entrySet()) {
              var name = (prefix + entry.getKey()).toLowerCase(Locale.ROOT);
              headers.putIfAbsent(name, List.of((String) entry.getValue()));
            }
          }
          case BODY, URI, QUERYSTRING, STATUS_CODE -> {}
        }
      }
    }
    headers.put("x-amzn-requestid", List.of(requestId));
    return headers;
  }

  private static String header(Member member, Object value) {
    return member.type() instanceof ListType list
        ? HeaderList.join(list, (List<?>) value)
        : ScalarText.format(member, value, TimestampFormat.HTTP_DATE);
  }
}
