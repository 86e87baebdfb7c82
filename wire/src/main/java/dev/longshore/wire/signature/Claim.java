package dev.longshore.wire.signature;

import static dev.longshore.wire.signature.Verification.Reason.INCOMPLETE_SIGNATURE;
import static dev.longshore.wire.signature.Verification.Reason.MISSING_AUTHENTICATION;

import dev.longshore.wire.signature.Verification.Refused;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who a request says signed it, when and over what; nothing of it is proved yet.
 *
 * @param timestamp the time as written, for the string to sign
 * @param signedAt the same time, read
 * @param signedHeaders the names as written, separated by {@code ;}
 * @param token the session token the request carries
 * @param expires seconds a presigned request is valid; -1 where the signature is in a header
 */
record Claim(
    String accessKeyId,
    CredentialScope scope,
    String timestamp,
    Instant signedAt,
    String signedHeaders,
    String signature,
    @Nullable String token,
    int expires)
    implements Claimed {
  static final String ALGORITHM = "AWS4-HMAC-SHA256";

  boolean presigned() {
    return expires >= 0;
  }

  /** Whether the signature covers this header; the name is in lower case. */
  boolean covers(String name) {
    int at = 0;
    while ((at = signedHeaders.indexOf(name, at)) >= 0) {
      int end = at + name.length();
      boolean starts = at == 0 || signedHeaders.charAt(at - 1) == ';';
      if (starts && (end == signedHeaders.length() || signedHeaders.charAt(end) == ';')) {
        return true;
      }
      at = end;
    }
    return false;
  }

  /** Reads the header form, else the presigned form. */
  static Claimed of(SignableRequest request) {
    String authorization = request.header("authorization");
    if (authorization != null) {
      return AuthorizationHeader.read(authorization, request);
    }
    if (request.query().contains("X-Amz-")) {
      return PresignedQuery.read(request);
    }
    return new Refused(MISSING_AUTHENTICATION, "Missing Authentication Token");
  }

  /** Both forms end here: the credential and the time must be well-formed. */
  static Claimed of(
      String credential,
      String timestamp,
      String signedHeaders,
      String signature,
      @Nullable String token,
      int expires) {
    String[] parts = credential.split("/", -1);
    if (parts.length != 5) {
      return incomplete(
          "Credential must have exactly 5 slash-delimited elements, e.g."
              + " keyid/date/region/service/term, got '"
              + credential
              + "'");
    }
    Instant signedAt = BasicTime.parse(timestamp);
    if (signedAt == null) {
      return incomplete(
          "Date must be in ISO-8601 'basic format'. Got '"
              + timestamp
              + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
    var scope = new CredentialScope(parts[1], parts[2], parts[3], parts[4]);
    return new Claim(
        parts[0], scope, timestamp, signedAt, signedHeaders, signature, token, expires);
  }

  static Refused incomplete(String message) {
    return new Refused(INCOMPLETE_SIGNATURE, message);
  }
}
