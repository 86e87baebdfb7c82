package dev.longshore.gateway.route;

import java.util.Map;

/** Reads attributes as AWS writes them; what cannot be read is as if it were absent. */
final class Attributes {
  private final Map<String, String> values;

  Attributes(Map<String, String> values) {
    this.values = values;
  }

  String text(String key, String absent) {
    return values.getOrDefault(key, absent);
  }

  boolean flag(String key, boolean absent) {
    return switch (values.getOrDefault(key, "")) {
      case "true" -> true;
      case "false" -> false;
      default -> absent;
    };
  }

  long number(String key, long absent) {
    String text = values.get(key);
    if (text == null || text.isEmpty() || text.length() > 18) {
      return absent;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return absent;
      }
    }
    return Long.parseLong(text);
  }
}
