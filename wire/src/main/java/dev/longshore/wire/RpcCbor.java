package dev.longshore.wire;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORGenerator;

/** The protocol Smithy RPC v2 CBOR: the path names the operation, all else is CBOR. */
final class RpcCbor implements Codec {
  private static final CBORFactory FACTORY =
      CBORFactory.builder().streamReadConstraints(ShapeJson.LIMITS).build();

  private static final String PROTOCOL = "rpc-v2-cbor";
  private static final String CONTENT_TYPE = "application/cbor";

  private final ServiceModel service;

  RpcCbor(ServiceModel service) {
    this.service = service;
  }

  @Override
  public ServiceModel service() {
    return service;
  }

  @Override
  public Protocol protocol() {
    return Protocol.RPC_V2_CBOR;
  }

  /** The path is {@code /service/Name/operation/Name}; a prefix before it is allowed. */
  @Override
  public OperationModel operation(WireRequest request) {
    var segments = request.path().split("/", -1);
    int last = segments.length - 1;
    if (last >= 4
        && segments[last - 3].equals("service")
        && segments[last - 1].equals("operation")
        && (service.targetPrefix().isEmpty()
            || segments[last - 2].equals(service.targetPrefix()))) {
      var operation = service.operation(segments[last]);
      if (operation != null) {
        return operation;
      }
    }
    throw new ServiceException("UnknownOperationException", 404, null);
  }

  @Override
  public Shape readRequest(OperationModel operation, WireRequest request) {
    var body = request.body();
    if (!operation.hasInput() || body.length == 0) {
      return operation.input().builder().build();
    }
    if (CborTags.arePiledUp(body)) {
      throw Malformed.because(null);
    }
    try (var parser = FACTORY.createParser(ObjectReadContext.empty(), body)) {
      return new JsonReader(parser, Notation.CBOR).document(operation.input());
    } catch (JacksonException e) {
      throw Malformed.because(e.getOriginalMessage());
    }
  }

  @Override
  public WireResponse writeResponse(OperationModel operation, Shape output, String requestId) {
    if (!operation.hasOutput()) {
      var headers = WireHeaders.of("smithy-protocol", PROTOCOL, "x-amzn-requestid", requestId);
      return new WireResponse(200, headers, new byte[0]);
    }
    var body = write(generator -> new JsonWriter(generator, Notation.CBOR).structure(output));
    return new WireResponse(200, headers(requestId), body);
  }

  @Override
  public WireResponse writeError(ServiceException error, String requestId) {
    var body =
        write(generator -> {
          generator.writeStartObject();
          generator.writeName("__type");
          generator.writeString(error.schema().name());
          var text = ErrorMembers.unmodelledMessage(error);
          if (text != null) {
            generator.writeName("message");
            generator.writeString(text);
          }
          new JsonWriter(generator, Notation.CBOR).members(error, false);
          generator.writeEndObject();
        });
    var headers =
        service.awsQueryCompatible()
            ? WireHeaders.of(
                "smithy-protocol",
                PROTOCOL,
                "content-type",
                CONTENT_TYPE,
                "x-amzn-requestid",
                requestId,
                "x-amzn-query-error",
                ErrorMembers.queryError(error))
            : headers(requestId);
    return new WireResponse(error.httpStatus(), headers, body);
  }

  private static WireHeaders headers(String requestId) {
    return WireHeaders.of(
        "smithy-protocol", PROTOCOL, "content-type", CONTENT_TYPE, "x-amzn-requestid", requestId);
  }

  private static byte[] write(Consumer<CBORGenerator> writing) {
    var bytes = new ByteArrayOutputStream(512);
    try (var generator =
        (CBORGenerator) FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writing.accept(generator);
    }
    return bytes.toByteArray();
  }
}
