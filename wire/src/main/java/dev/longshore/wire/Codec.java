package dev.longshore.wire;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import java.util.Locale;

/** The server's side of one protocol for one service. */
public sealed interface Codec permits AwsJson, QueryCodec, RestCodec, RpcCbor {
  /** The codec of a protocol. */
  static Codec of(ServiceModel service, Protocol protocol) {
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1 -> new AwsJson(service, protocol);
      case AWS_QUERY, EC2_QUERY -> new QueryCodec(service, protocol);
      case REST_JSON_1 -> new RestCodec(service, protocol, new JsonBody());
      case REST_XML -> new RestCodec(service, protocol, new XmlBody(service.xmlNamespace()));
      case RPC_V2_CBOR -> new RpcCbor(service);
    };
  }

  /**
   * The protocol that a request speaks, of those that the service serves; the service's preferred
   * one where the request names none of them.
   */
  static Protocol protocolOf(ServiceModel service, WireRequest request) {
    var offered = service.protocols();
    if (offered.size() == 1) {
      return offered.getFirst();
    }
    var type = request.headers().first("content-type");
    var mediaType = type == null ? "" : type.toLowerCase(Locale.ROOT);
    Protocol spoken;
    if ("rpc-v2-cbor".equals(request.headers().first("smithy-protocol"))) {
      spoken = Protocol.RPC_V2_CBOR;
    } else if (mediaType.startsWith("application/x-amz-json-1.1")) {
      spoken = Protocol.AWS_JSON_1_1;
    } else if (mediaType.startsWith("application/x-amz-json")) {
      spoken = Protocol.AWS_JSON_1_0;
    } else {
      spoken = Protocol.AWS_QUERY;
    }
    return offered.contains(spoken) ? spoken : offered.getFirst();
  }

  ServiceModel service();

  Protocol protocol();

  /**
   * The operation that a request calls.
   *
   * @throws ServiceException when the service has no such operation
   */
  OperationModel operation(WireRequest request);

  /**
   * Reads the input of a request. Constraints of the model are not checked.
   *
   * @throws ServiceException when the request cannot be read
   */
  Shape readRequest(OperationModel operation, WireRequest request);

  /** Writes the output of an operation that succeeded. */
  WireResponse writeResponse(OperationModel operation, Shape output, String requestId);

  /** Writes an error. */
  WireResponse writeError(ServiceException error, String requestId);
}
