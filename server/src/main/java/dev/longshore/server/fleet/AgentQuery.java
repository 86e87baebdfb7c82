package dev.longshore.server.fleet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The form-encoded query of an agent's upgrade, as Go writes it: blanks are plus signs. */
final class AgentQuery {
  private final Map<String, String> values = new HashMap<>();

  AgentQuery(String query) {
    for (String pair : query.split("&", 64)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
      }
    }
  }

  /** The value, or "" where there is none. */
  String value(String name) {
    return values.getOrDefault(name, "");
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that begins no code stands for itself; no agent sends one.
      return text;
    }
  }
}
