package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.util.List;

/**
 * The engine's machine and abilities.
 *
 * @param processors logical processors
 * @param memory bytes
 * @param cgroupVersion "1" or "2"
 * @param raw the whole answer
 */
public record EngineInfo(
    String id,
    String name,
    int processors,
    long memory,
    String architecture,
    String operatingSystem,
    String cgroupDriver,
    String cgroupVersion,
    String storageDriver,
    List<String> logDrivers,
    List<String> volumeDrivers,
    List<String> runtimes,
    List<String> securityOptions,
    Json raw) {
  static EngineInfo from(Json json) {
    return new EngineInfo(
        json.at("ID").text(),
        json.at("Name").text(),
        (int) json.at("NCPU").number(),
        json.at("MemTotal").number(),
        json.at("Architecture").text(),
        json.at("OperatingSystem").text(),
        json.at("CgroupDriver").text(),
        json.at("CgroupVersion").text(),
        json.at("Driver").text(),
        json.at("Plugins", "Log").texts(),
        json.at("Plugins", "Volume").texts(),
        List.copyOf(json.at("Runtimes").members().keySet()),
        json.at("SecurityOptions").texts(),
        json);
  }
}
