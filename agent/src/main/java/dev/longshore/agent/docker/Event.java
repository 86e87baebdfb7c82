package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.Map;

/**
 * Something that happened in the engine.
 *
 * @param type "container", "image", "volume", "network", …
 * @param action such as "start", "die", "oom"; some carry a detail: {@code health_status: healthy}
 * @param id of the container or other thing it happened to
 * @param attributes labels of the container, and "name", "image", "exitCode" …
 */
public record Event(
    String type, String action, String id, Map<String, String> attributes, Instant time) {
  static Event from(Json json) {
    var nanoseconds = json.at("timeNano").number();
    return new Event(
        json.at("Type").text(),
        json.at("Action").text(),
        json.at("Actor", "ID").text(),
        json.at("Actor", "Attributes").textMembers(),
        nanoseconds == 0
            ? Instant.ofEpochSecond(json.at("time").number())
            : Instant.ofEpochSecond(0, nanoseconds));
  }
}
