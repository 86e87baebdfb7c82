package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;

/** What an engine says it is; {@code version} is such as "20.10.24". */
public record EngineVersion(
    String version,
    String apiVersion,
    String minimumApiVersion,
    String operatingSystem,
    String architecture,
    String kernelVersion) {
  static EngineVersion from(Json json) {
    return new EngineVersion(
        json.at("Version").text(),
        json.at("ApiVersion").text(),
        json.at("MinAPIVersion").text(),
        json.at("Os").text(),
        json.at("Arch").text(),
        json.at("KernelVersion").text());
  }
}
