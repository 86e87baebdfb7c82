package dev.longshore.agent.link;

import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The address of a session, and signatures for it.
 *
 * @param path with the query, as it goes over the wire: spaces are {@code +}
 */
record SessionUrl(Origin origin, String path, String query) {

  static SessionUrl of(String endpoint, SequencedMap<String, String> parameters) {
    URI uri = URI.create(endpoint);
    String base = uri.getRawPath() == null ? "" : uri.getRawPath();
    StringBuilder query = new StringBuilder();
    parameters.forEach((name, value) ->
        query
            .append(query.isEmpty() ? "" : "&")
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8).replace("*", "%2A")));
    return new SessionUrl(
        Origin.of(uri), (base.endsWith("/") ? base : base + "/") + "ws", query.toString());
  }

  String target() {
    return path + "?" + query;
  }

  /** Header fields, by lower-case name, that sign a GET of this address with the given body. */
  Map<String, String> signature(Signer signer, byte[] body, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", origin.authority());
    // The canonical form is that of RFC 3986, whatever the wire has for a space.
    SignableRequest request =
        new SignableRequest("GET", path, query.replace("+", "%20"), headers::get, body);
    headers.putAll(signer.sign(request, List.of("host"), now));
    return headers;
  }
}
