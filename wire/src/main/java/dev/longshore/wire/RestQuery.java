package dev.longshore.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a query string. */
final class RestQuery {
  private RestQuery() {}

  /**
   * The values of each parameter, in order.
   *
   * @throws IllegalArgumentException when one is not percent-encoded correctly
   */
  static Map<String, List<String>> parse(String query) {
    var parameters = new LinkedHashMap<String, List<String>>();
    for (var parameter : query.split("&")) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        var name = equals < 0 ? parameter : parameter.substring(0, equals);
        var value = equals < 0 ? "" : parameter.substring(equals + 1);
        parameters.computeIfAbsent(decoded(name), key -> new ArrayList<>(1)).add(decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }
}
