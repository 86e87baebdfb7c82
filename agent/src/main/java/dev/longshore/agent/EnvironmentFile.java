package dev.longshore.agent;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A file of variables, a line each: what is before the first equals sign is the name, all the rest
 * the value, quotes and blanks included. Lines that are empty, begin with a number sign, or have no
 * name are skipped.
 */
final class EnvironmentFile {
  private EnvironmentFile() {}

  /** Of a name that stands there twice the first line counts. */
  static Map<String, String> read(String text) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (String line : text.split("\r?\n")) {
      int equals = line.indexOf('=');
      if (equals > 0 && !line.startsWith("#")) {
        variables.putIfAbsent(line.substring(0, equals), line.substring(equals + 1));
      }
    }
    return variables;
  }
}
