package dev.longshore.wire;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;

/** The protocols awsJson1.0 and awsJson1.1: a header names the operation, all else is JSON. */
final class AwsJson implements Codec {
  private static final byte[] NOTHING = new byte[0];

  private final ServiceModel service;
  private final Protocol protocol;
  private final String contentType;

  AwsJson(ServiceModel service, Protocol protocol) {
    this.service = service;
    this.protocol = protocol;
    this.contentType =
        protocol == Protocol.AWS_JSON_1_0
            ? "application/x-amz-json-1.0"
            : "application/x-amz-json-1.1";
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
    var target = request.headers().first("x-amz-target");
    if (target != null && target.startsWith(service.targetPrefix() + ".")) {
      var operation = service.operation(target.substring(service.targetPrefix().length() + 1));
      if (operation != null) {
        return operation;
      }
    }
    throw new ServiceException("UnknownOperationException", 400, null);
  }

  @Override
  public Shape readRequest(OperationModel operation, WireRequest request) {
    if (!operation.hasInput()) {
      return operation.input().builder().build();
    }
    return ShapeJson.decode(operation.input(), request.body());
  }

  @Override
  public WireResponse writeResponse(OperationModel operation, Shape output, String requestId) {
    var headers = WireHeaders.of("content-type", contentType, "x-amzn-requestid", requestId);
    return new WireResponse(
        200, headers, operation.hasOutput() ? ShapeJson.encode(output) : NOTHING);
  }

  @Override
  public WireResponse writeError(ServiceException error, String requestId) {
    var headers =
        service.awsQueryCompatible()
            ? WireHeaders.of(
                "content-type",
                contentType,
                "x-amzn-requestid",
                requestId,
                "x-amzn-query-error",
                ErrorMembers.queryError(error))
            : WireHeaders.of("content-type", contentType, "x-amzn-requestid", requestId);
    var body =
        ShapeJson.write(generator -> {
          generator.writeStartObject();
          generator.writeName("__type");
          generator.writeString(error.schema().name());
          var text = ErrorMembers.unmodelledMessage(error);
          if (text != null) {
            generator.writeName("message");
            generator.writeString(text);
          }
          new JsonWriter(generator, Notation.JSON_MODEL_NAMES).members(error, false);
          generator.writeEndObject();
        });
    return new WireResponse(error.httpStatus(), headers, body);
  }
}
