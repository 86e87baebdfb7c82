package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.util.List;
import java.util.Map;

/** A network: subnets as {@code 172.18.0.0/16}, containers by their ids. */
public record Network(
    String id,
    String name,
    String driver,
    List<String> subnets,
    List<String> gateways,
    List<String> containers,
    Map<String, String> options,
    Map<String, String> labels) {
  static Network from(Json json) {
    var ranges = json.at("IPAM", "Config").elements();
    return new Network(
        json.at("Id").text(),
        json.at("Name").text(),
        json.at("Driver").text(),
        ranges.stream().map(range -> range.at("Subnet").text()).toList(),
        ranges.stream().map(range -> range.at("Gateway").text()).toList(),
        List.copyOf(json.at("Containers").members().keySet()),
        json.at("Options").textMembers(),
        json.at("Labels").textMembers());
  }
}
