package dev.longshore.server.api;

import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.signature.Verification.Refused;

/** What each protocol calls the reasons for which a signature is refused. */
final class SignatureFaults {
  private SignatureFaults() {}

  static ServiceException of(Protocol protocol, Refused refused) {
    return switch (protocol) {
      case AWS_JSON_1_0, AWS_JSON_1_1, RPC_V2_CBOR -> json(400, refused);
      case REST_JSON_1 -> json(403, refused);
      case AWS_QUERY, REST_XML -> query(refused);
      case EC2_QUERY -> ec2(refused);
    };
  }

  private static ServiceException json(int status, Refused refused) {
    return switch (refused.reason()) {
      case MISSING_AUTHENTICATION ->
          fault("MissingAuthenticationTokenException", status, "Missing Authentication Token");
      case INCOMPLETE_SIGNATURE -> fault("IncompleteSignatureException", status, refused.message());
      case UNSIGNED_HEADERS -> fault("AccessDeniedException", status, refused.message());
      case INVALID_TOKEN -> fault("UnrecognizedClientException", status, refused.message());
      case EXPIRED_TOKEN -> fault("ExpiredTokenException", status, refused.message());
      // These services append what they would have signed.
      case INVALID_SIGNATURE, REQUEST_EXPIRED ->
          fault("InvalidSignatureException", status, refused.message() + refused.detail());
    };
  }

  private static ServiceException query(Refused refused) {
    return switch (refused.reason()) {
      case MISSING_AUTHENTICATION ->
          fault("MissingAuthenticationToken", 403, "Request is missing Authentication Token");
      case INCOMPLETE_SIGNATURE -> fault("IncompleteSignature", 400, refused.message());
      case UNSIGNED_HEADERS -> fault("AccessDenied", 403, refused.message());
      case INVALID_TOKEN -> fault("InvalidClientTokenId", 403, refused.message());
      case EXPIRED_TOKEN -> fault("ExpiredToken", 403, refused.message());
      case INVALID_SIGNATURE -> fault("SignatureDoesNotMatch", 403, refused.message());
      case REQUEST_EXPIRED -> fault("RequestExpired", 400, refused.message());
    };
  }

  private static ServiceException ec2(Refused refused) {
    return switch (refused.reason()) {
      case INVALID_TOKEN, INVALID_SIGNATURE, EXPIRED_TOKEN ->
          fault("AuthFailure", 401, "AWS was not able to validate the provided access credentials");
      case MISSING_AUTHENTICATION, INCOMPLETE_SIGNATURE, UNSIGNED_HEADERS, REQUEST_EXPIRED ->
          query(refused);
    };
  }

  private static ServiceException fault(String code, int status, String message) {
    return new ServiceException(code, status, message);
  }
}
