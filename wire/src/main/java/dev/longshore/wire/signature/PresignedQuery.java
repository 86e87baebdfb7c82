package dev.longshore.wire.signature;

import dev.longshore.wire.signature.Verification.Reason;
import dev.longshore.wire.signature.Verification.Refused;
import org.jspecify.annotations.Nullable;

/** Reads the signature of a presigned request, which stands in its query. */
final class PresignedQuery {
  static final String ALGORITHM = "X-Amz-Algorithm";
  static final String CREDENTIAL = "X-Amz-Credential";
  static final String DATE = "X-Amz-Date";
  static final String EXPIRES = "X-Amz-Expires";
  static final String SIGNED_HEADERS = "X-Amz-SignedHeaders";
  static final String SIGNATURE = "X-Amz-Signature";
  static final String TOKEN = "X-Amz-Security-Token";

  /** A week, the longest a presigned request may live. */
  static final int MOST_SECONDS = 604_800;

  private PresignedQuery() {}

  static Claimed read(SignableRequest request) {
    String query = request.query();
    String algorithm = CanonicalQuery.value(query, ALGORITHM);
    String signature = CanonicalQuery.value(query, SIGNATURE);
    if (algorithm == null && signature == null) {
      return new Refused(Reason.MISSING_AUTHENTICATION, "Missing Authentication Token");
    }
    if (algorithm != null && !algorithm.equals(Claim.ALGORITHM)) {
      return Claim.incomplete("Unsupported AWS 'algorithm': '" + algorithm + "'.");
    }
    String credential = CanonicalQuery.value(query, CREDENTIAL);
    String date = CanonicalQuery.value(query, DATE);
    String expires = CanonicalQuery.value(query, EXPIRES);
    String signedHeaders = CanonicalQuery.value(query, SIGNED_HEADERS);
    if (algorithm == null
        || signature == null
        || credential == null
        || date == null
        || expires == null
        || signedHeaders == null) {
      return Claim.incomplete(
          missing(algorithm, ALGORITHM)
              + missing(credential, CREDENTIAL)
              + missing(signature, SIGNATURE)
              + missing(signedHeaders, SIGNED_HEADERS)
              + missing(date, DATE)
              + missing(expires, EXPIRES)
              + "Re-examine the query-string parameters.");
    }
    if (CanonicalQuery.occurrences(query, SIGNATURE) > 1) {
      return Claim.incomplete("AWS query-string parameters must include one 'X-Amz-Signature'.");
    }
    int seconds = seconds(expires);
    if (seconds < 0) {
      return Claim.incomplete("X-Amz-Expires must be a number");
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      return Claim.incomplete(
          "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires"
              + " must be less than 604800 seconds");
    }
    String token = CanonicalQuery.value(query, TOKEN);
    return Claim.of(credential, date, signedHeaders, signature, token, seconds);
  }

  private static String missing(@Nullable String value, String name) {
    return value != null ? "" : "AWS query-string parameters must include '" + name + "'. ";
  }

  /** The number, cut at a value beyond every bound; -1 where the text is no number. */
  private static int seconds(String text) {
    if (text.isEmpty()) {
      return -1;
    }
    int seconds = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      seconds = Math.min(seconds * 10 + (c - '0'), 10_000_000);
    }
    return seconds;
  }
}
