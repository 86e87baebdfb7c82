package dev.longshore.gateway.metric;

import java.util.Locale;

/** How Prometheus wants things written, by its text format 0.0.4. */
public final class Exposition {
  private Exposition() {}

  /** {@code HTTPCode_ELB_502_Count} becomes {@code http_code_elb_502_count}. */
  public static String snake(String metric) {
    return metric
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .replaceAll("([A-Z])([A-Z][a-z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }

  /** A label with its value, as it stands between braces. */
  public static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + '"';
  }
}
