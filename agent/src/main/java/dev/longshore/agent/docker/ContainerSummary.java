package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A container as a list shows it.
 *
 * @param names without their leading slash
 * @param state "created", "running", "paused", "restarting", "removing", "exited" or "dead"
 */
public record ContainerSummary(
    String id,
    List<String> names,
    String image,
    String imageId,
    String state,
    Instant createdAt,
    Map<String, String> labels) {
  static ContainerSummary from(Json json) {
    return new ContainerSummary(
        json.at("Id").text(),
        json.at("Names").texts().stream().map(Container::withoutSlash).toList(),
        json.at("Image").text(),
        json.at("ImageID").text(),
        json.at("State").text(),
        Instant.ofEpochSecond(json.at("Created").number()),
        json.at("Labels").textMembers());
  }
}
