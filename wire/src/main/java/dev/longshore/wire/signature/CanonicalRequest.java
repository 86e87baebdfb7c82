package dev.longshore.wire.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The text that stands for a request under its signature. */
final class CanonicalRequest {
  /** Says how the body is covered. */
  static final String PAYLOAD = "x-amz-content-sha256";

  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private CanonicalRequest() {}

  /** The canonical request, or null where a header that the signature names is not there. */
  static @Nullable String of(
      SignableRequest request, String signedHeaders, boolean presigned, ServiceRule rule) {
    var out = new StringBuilder(768);
    out.append(request.method()).append('\n');
    if (rule.normalizes()) {
      appendPath(out, request.path());
    } else {
      appendObjectPath(out, request.path());
    }
    String leftOut = presigned ? PresignedQuery.SIGNATURE : null;
    out.append('\n').append(CanonicalQuery.of(request.query(), leftOut)).append('\n');
    if (!appendHeaders(out, request, signedHeaders)) {
      return null;
    }
    out.append('\n').append(signedHeaders).append('\n');
    return out.append(payload(request, presigned, rule)).toString();
  }

  /**
   * The body's hash is reckoned whatever the header claims, but for the literals of bodies that are
   * signed otherwise or not at all.
   */
  private static String payload(SignableRequest request, boolean presigned, ServiceRule rule) {
    String claimed = request.header(PAYLOAD);
    if (claimed == null && presigned && rule.namesPayload()) {
      return UNSIGNED;
    }
    return claimed == null || PayloadForm.of(claimed) == PayloadForm.WHOLE
        ? Sha256.hex(request.body())
        : claimed;
  }

  /** The path as it names an object: each byte encoded once, whatever the wire has encoded. */
  private static void appendObjectPath(StringBuilder out, String path) {
    if (path.isEmpty()) {
      out.append('/');
    }
    for (int i = 0; i < path.length(); i++) {
      int escaped = path.charAt(i) == '%' ? Percent.octet(path, i, path.length()) : -1;
      int octet = escaped < 0 ? path.charAt(i) : escaped;
      if (octet == '/') {
        out.append('/');
      } else {
        Percent.append(out, octet);
      }
      i += escaped < 0 ? 0 : 2;
    }
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
