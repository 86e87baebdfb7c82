package dev.longshore.agent;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.agent.task.Effect;
import dev.longshore.wire.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What was fetched for tasks whose containers are being made: secrets, environment files and
 * passwords of registries. In memory only, and only until the containers are made.
 */
final class TaskSecrets {
  /**
   * What one container gets.
   *
   * @param variables secrets for its environment
   * @param fileVariables what its environment files say
   * @param logOptions secrets for its log driver
   * @param registry with which its image is pulled
   */
  record OfContainer(
      Map<String, String> variables,
      Map<String, String> fileVariables,
      Map<String, String> logOptions,
      Optional<RegistryCredentials> registry) {
    /** Values must not reach a log by way of this text. */
    @Override
    public String toString() {
      return "OfContainer" + variables.keySet() + logOptions.keySet();
    }
  }

  private final Map<String, Map<String, OfContainer>> byTask = new ConcurrentHashMap<>();

  void put(String taskArn, Map<String, OfContainer> containers) {
    byTask.put(taskArn, Map.copyOf(containers));
  }

  void drop(String taskArn) {
    byTask.remove(taskArn);
  }

  Optional<OfContainer> find(String taskArn, String container) {
    return Optional.ofNullable(byTask.getOrDefault(taskArn, Map.of()).get(container));
  }

  /** The container's configuration with what was fetched for its environment. */
  Json.Fields config(Effect.CreateContainer effect) {
    OfContainer fetched = find(effect.taskArn(), effect.container()).orElse(null);
    if (fetched == null) {
      return effect.config();
    }
    Map<String, String> variables = new LinkedHashMap<>(fetched.fileVariables());
    for (String line : effect.config().at("Env").texts()) {
      int equals = line.indexOf('=');
      variables.put(line.substring(0, equals), line.substring(equals + 1));
    }
    variables.putAll(fetched.variables());
    List<String> lines = new ArrayList<>();
    variables.forEach((name, value) -> lines.add(name + '=' + value));
    return effect.config().with("Env", Json.items(lines));
  }

  /** The container's host configuration with what was fetched for its log driver. */
  Json.Fields hostConfig(Effect.CreateContainer effect) {
    OfContainer fetched = find(effect.taskArn(), effect.container()).orElse(null);
    if (fetched == null || fetched.logOptions().isEmpty()) {
      return effect.hostConfig();
    }
    Json.Fields more =
        Json.fields()
            .with("LogConfig", Json.fields().with("Config", Json.fields(fetched.logOptions())));
    return (Json.Fields) effect.hostConfig().mergedWith(more);
  }
}
