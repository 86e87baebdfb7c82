package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;

/** A process in a container: its exit code counts once it is not running. */
public record Execution(
    String id, String containerId, boolean running, int exitCode, long processId) {
  static Execution from(Json json) {
    return new Execution(
        json.at("ID").text(),
        json.at("ContainerID").text(),
        json.at("Running").flag(),
        (int) json.at("ExitCode").number(),
        json.at("Pid").number());
  }
}
