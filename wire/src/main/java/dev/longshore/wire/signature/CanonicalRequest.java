package dev.longshore.wire.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The text that stands for a request under its signature. */
final class CanonicalRequest {
  static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";

  private CanonicalRequest() {}

  /**
   * The canonical request, or null where a header that the signature names is not there. The
   * payload's hash is reckoned from the body whatever {@code x-amz-content-sha256} claims, but for
   * the literal that leaves the body unsigned.
   */
  static @Nullable String of(SignableRequest request, String signedHeaders, boolean presigned) {
    var out = new StringBuilder(768);
    out.append(request.method()).append('\n');
    appendPath(out, request.path());
    String leftOut = presigned ? PresignedQuery.SIGNATURE : null;
    out.append('\n').append(CanonicalQuery.of(request.query(), leftOut)).append('\n');
    if (!appendHeaders(out, request, signedHeaders)) {
      return null;
    }
    out.append('\n').append(signedHeaders).append('\n');
    String claimed = request.header("x-amz-content-sha256");
    return out.append(
            UNSIGNED_PAYLOAD.equals(claimed) ? UNSIGNED_PAYLOAD : Sha256.hex(request.body()))
        .toString();
  }

  /** The text whose keyed hash is the signature. */
  static String stringToSign(String canonicalRequest, String timestamp, CredentialScope scope) {
    byte[] octets = canonicalRequest.getBytes(StandardCharsets.ISO_8859_1);
    return Claim.ALGORITHM + '\n' + timestamp + '\n' + scope.text() + '\n' + Sha256.hex(octets);
  }

  private static boolean appendHeaders(
      StringBuilder out, SignableRequest request, String signedHeaders) {
    for (int start = 0; start <= signedHeaders.length(); ) {
      int semicolon = signedHeaders.indexOf(';', start);
      int end = semicolon < 0 ? signedHeaders.length() : semicolon;
      String name = signedHeaders.substring(start, end);
      String value = request.header(name);
      if (value == null) {
        return false;
      }
      out.append(name).append(':');
      appendTrimmed(out, value);
      out.append('\n');
      start = end + 1;
    }
    return true;
  }

  /** Drops spaces at both ends and makes runs of them inside one. */
  private static void appendTrimmed(StringBuilder out, String value) {
    int mark = out.length();
    boolean space = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || c == '\t') {
        space = true;
      } else {
        if (space && out.length() > mark) {
          out.append(' ');
        }
        space = false;
        out.append(c);
      }
    }
  }

  /** The path without dot segments and double slashes, each byte of the wire encoded once more. */
  private static void appendPath(StringBuilder out, String path) {
    if (path.isEmpty() || path.equals("/")) {
      out.append('/');
      return;
    }
    var segments = new ArrayDeque<String>();
    for (String segment : path.split("/", -1)) {
      if (segment.equals("..")) {
        segments.pollLast();
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    for (String segment : segments) {
      out.append('/');
      Percent.append(out, segment);
    }
    if (segments.isEmpty() || path.endsWith("/")) {
      out.append('/');
    }
  }
}
