package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;

/**
 * A step of a pull.
 *
 * @param layer short id of the layer, or ""
 * @param status such as "Downloading", "Pull complete"
 * @param current bytes done, 0 if not said
 * @param total bytes to do, 0 if not said
 */
public record PullProgress(String layer, String status, long current, long total) {
  static PullProgress from(Json json) {
    return new PullProgress(
        json.at("id").text(),
        json.at("status").text(),
        json.at("progressDetail", "current").number(),
        json.at("progressDetail", "total").number());
  }
}
