package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.util.Map;

/** A named volume; {@code mountpoint} is its directory on the host, where it has one. */
public record Volume(
    String name,
    String driver,
    String mountpoint,
    Map<String, String> options,
    Map<String, String> labels) {
  static Volume from(Json json) {
    return new Volume(
        json.at("Name").text(),
        json.at("Driver").text(),
        json.at("Mountpoint").text(),
        json.at("Options").textMembers(),
        json.at("Labels").textMembers());
  }
}
