package dev.longshore.server.api;

import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;

/** What each protocol calls it that a caller may not do what they ask for. */
final class Denials {
  private Denials() {}

  static ServiceException of(Protocol protocol, String text) {
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR ->
          new ServiceException("AccessDeniedException", 400, text);
      case REST_JSON_1 -> new ServiceException("AccessDeniedException", 403, text);
      case AWS_QUERY, REST_XML -> new ServiceException("AccessDenied", 403, text);
      case EC2_QUERY ->
          new ServiceException(
              "UnauthorizedOperation",
              403,
              "You are not authorized to perform this operation. " + text);
    };
  }
}
