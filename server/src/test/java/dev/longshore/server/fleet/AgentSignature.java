package dev.longshore.server.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signature Version 4 as an agent makes it, written anew from its description: tests of the server
 * must not check the server's signatures with the server's own.
 *
 * @param token null for a long-term key
 */
record AgentSignature(String keyId, String secret, @Nullable String token) {
  private static final DateTimeFormatter BASIC =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  static String time(Instant now) {
    return BASIC.format(now);
  }

  /** The value of {@code Authorization}, all given headers being signed. */
  String authorization(
      String method,
      SequencedMap<String, String> query,
      Map<String, String> headers,
      String body,
      String service) {
    TreeMap<String, String> sorted = new TreeMap<>(headers);
    TreeMap<String, String> parameters = new TreeMap<>(query);
    StringBuilder canonicalQuery = new StringBuilder();
    parameters.forEach((name, value) ->
        canonicalQuery
            .append(canonicalQuery.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(rfc3986(value)));
    StringBuilder lines = new StringBuilder();
    sorted.forEach((name, value) -> lines.append(name).append(':').append(value).append('\n'));
    String names = String.join(";", sorted.keySet());
    String path = query.isEmpty() ? "/" : query.containsKey("clusterArn") ? "/acs/ws" : "/tcs/ws";
    String canonical =
        method
            + '\n'
            + path
            + '\n'
            + canonicalQuery
            + '\n'
            + lines
            + '\n'
            + names
            + '\n'
            + hash(body);
    String time = sorted.getOrDefault("x-amz-date", "");
    String scope = time.substring(0, 8) + "/us-east-1/" + service + "/aws4_request";
    String toSign = "AWS4-HMAC-SHA256\n" + time + '\n' + scope + '\n' + hash(canonical);
    byte[] key = ("AWS4" + secret).getBytes(UTF_8);
    for (String part : scope.split("/")) {
      key = hmac(key, part);
    }
    return "AWS4-HMAC-SHA256 Credential="
        + keyId
        + '/'
        + scope
        + ", SignedHeaders="
        + names
        + ", Signature="
        + HexFormat.of().formatHex(hmac(key, toSign));
  }

  private static String rfc3986(String value) {
    return URLEncoder.encode(value, UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
