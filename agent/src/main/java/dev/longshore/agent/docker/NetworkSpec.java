package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A network to make.
 *
 * @param subnet such as {@code 10.0.0.0/24}; null lets the engine choose
 * @param internal whether it is cut off from the outside
 */
public record NetworkSpec(
    String name,
    String driver,
    @Nullable String subnet,
    boolean internal,
    Map<String, String> options,
    Map<String, String> labels) {
  /** A bridge with the engine's choice of addresses. */
  public static NetworkSpec bridge(String name, Map<String, String> labels) {
    return new NetworkSpec(name, "bridge", null, false, Map.of(), labels);
  }

  Json body() {
    var body =
        Json.fields()
            .with("Name", Json.of(name))
            // Without this the engine happily makes a second network of the same name.
            .with("CheckDuplicate", Json.of(true))
            .with("Driver", Json.of(driver))
            .with("Internal", Json.of(internal))
            .with("Options", Json.fields(options))
            .with("Labels", Json.fields(labels));
    if (subnet == null) {
      return body;
    }
    var range = Json.fields().with("Subnet", Json.of(subnet));
    return body.with(
        "IPAM", Json.fields().with("Config", new Json.Items(java.util.List.of(range))));
  }
}
