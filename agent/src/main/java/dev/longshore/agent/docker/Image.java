package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An image as inspection shows it.
 *
 * @param id {@code sha256:…}, the digest of its config
 * @param digests {@code repository@sha256:…} under which registries know it
 * @param size bytes
 * @param raw the whole answer
 */
public record Image(
    String id,
    List<String> tags,
    List<String> digests,
    Instant createdAt,
    long size,
    List<String> environment,
    List<String> entrypoint,
    List<String> command,
    Map<String, String> labels,
    Json raw) {
  static Image from(Json json) {
    return new Image(
        json.at("Id").text(),
        json.at("RepoTags").texts(),
        json.at("RepoDigests").texts(),
        Container.time(json.at("Created")).orElse(Instant.EPOCH),
        json.at("Size").number(),
        json.at("Config", "Env").texts(),
        json.at("Config", "Entrypoint").texts(),
        json.at("Config", "Cmd").texts(),
        json.at("Config", "Labels").textMembers(),
        json);
  }

  /** An image as a list shows it. */
  public record Summary(
      String id, List<String> tags, List<String> digests, Instant createdAt, long size) {
    static Summary from(Json json) {
      return new Summary(
          json.at("Id").text(),
          json.at("RepoTags").texts(),
          json.at("RepoDigests").texts(),
          Instant.ofEpochSecond(json.at("Created").number()),
          json.at("Size").number());
    }
  }
}
