package dev.longshore.wire.signature;

import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Authorization: AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…}.
 *
 * <p>The texts of its refusals are AWS's.
 */
final class AuthorizationHeader {
  private @Nullable String credential;
  private @Nullable String signedHeaders;
  private @Nullable String signature;

  private AuthorizationHeader() {}

  static Claimed read(String header, SignableRequest request) {
    int space = header.indexOf(' ');
    String algorithm = space < 0 ? header : header.substring(0, space);
    if (algorithm.startsWith("AWS4-") && !algorithm.equals(Claim.ALGORITHM)) {
      return Claim.incomplete("Unsupported AWS 'algorithm': '" + algorithm + "'.");
    }
    var parameters = new AuthorizationHeader();
    String stray = parameters.collect(header, space < 0 ? header.length() : space + 1);
    if (stray != null) {
      return Claim.incomplete(
          "'"
              + stray
              + "' not a valid key=value pair (missing equal-sign) in Authorization header: '"
              + header
              + "'.");
    }
    return parameters.claim(header, request);
  }

  /** Takes the parameters from this place on; answers the first part that is none, or null. */
  private @Nullable String collect(String header, int from) {
    for (int start = from; start < header.length(); ) {
      int comma = header.indexOf(',', start);
      int end = comma < 0 ? header.length() : comma;
      int equals = header.indexOf('=', start);
      String part = header.substring(start, end).strip();
      if (!part.isEmpty() && (equals < 0 || equals >= end)) {
        return part;
      }
      if (!part.isEmpty()) {
        take(header.substring(start, equals).strip(), header.substring(equals + 1, end).strip());
      }
      start = end + 1;
    }
    return null;
  }

  private void take(String name, String value) {
    switch (name) {
      case "Credential" -> credential = value;
      case "SignedHeaders" -> signedHeaders = value;
      case "Signature" -> signature = value;
      default -> {
        // AWS passes over parameters it does not know.
      }
    }
  }

  private Claimed claim(String header, SignableRequest request) {
    String date = request.header("x-amz-date");
    if (date == null) {
      date = request.header("date");
    }
    if (credential == null || signature == null || signedHeaders == null || date == null) {
      var missing = new StringBuilder();
      require(missing, credential, "Credential");
      require(missing, signature, "Signature");
      require(missing, signedHeaders, "SignedHeaders");
      if (date == null) {
        missing.append(
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
                + " header. ");
      }
      return Claim.incomplete(missing.append("Authorization=").append(header).toString());
    }
    String token = request.header("x-amz-security-token");
    return Claim.of(credential, date, signedHeaders, signature, token, -1);
  }

  private static void require(StringBuilder missing, @Nullable String value, String name) {
    if (value == null) {
      missing.append("Authorization header requires '").append(name).append("' parameter. ");
    }
  }
}
