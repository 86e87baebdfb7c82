package dev.longshore.server.api;

import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;

/** What a caller is told about a fault of ours: that it is ours, and nothing else. */
final class ServerFaults {
  private ServerFaults() {}

  static ServiceException of(Protocol protocol) {
    String code =
        switch (protocol) {
          case AWS_QUERY, EC2_QUERY, REST_XML -> "InternalFailure";
          case AWS_JSON_1_0, AWS_JSON_1_1, REST_JSON_1, RPC_V2_CBOR -> "ServerException";
        };
    return new ServiceException(
        code, 500, "The request failed because of an unknown error. Its id stands in the log.");
  }
}
