package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.List;
import java.util.Map;

/**
 * What a container is to be: the engine's own {@code ContainerConfig}, {@code HostConfig} and
 * {@code NetworkingConfig} objects, under the engine's own names.
 */
public record ContainerSpec(Json.Fields config, Json.Fields hostConfig, Json.Fields networking) {
  public static ContainerSpec of(String image) {
    return new ContainerSpec(
        Json.fields().with("Image", Json.of(image)), Json.fields(), Json.fields());
  }

  /** With a member of the container's config, such as {@code WorkingDir}. */
  public ContainerSpec config(String name, Json value) {
    return new ContainerSpec(config.with(name, value), hostConfig, networking);
  }

  /** With a member of the host config, such as {@code Binds}. */
  public ContainerSpec hostConfig(String name, Json value) {
    return new ContainerSpec(config, hostConfig.with(name, value), networking);
  }

  public ContainerSpec command(String... command) {
    return config("Cmd", Json.items(List.of(command)));
  }

  /** Variables as {@code NAME=value}. */
  public ContainerSpec environment(List<String> variables) {
    return config("Env", Json.items(variables));
  }

  public ContainerSpec labels(Map<String, String> labels) {
    return config("Labels", Json.fields(labels));
  }

  /**
   * Lays a task payload's {@code dockerConfig.config} on top, see {@link Json#mergedWith}.
   *
   * @throws JsonSyntaxException when the text is no JSON
   */
  public ContainerSpec withConfigOnTop(String json) {
    return new ContainerSpec(laid(config, json), hostConfig, networking);
  }

  /**
   * Lays a task payload's {@code dockerConfig.hostConfig} on top, see {@link Json#mergedWith}.
   *
   * @throws JsonSyntaxException when the text is no JSON
   */
  public ContainerSpec withHostConfigOnTop(String json) {
    return new ContainerSpec(config, laid(hostConfig, json), networking);
  }

  private static Json.Fields laid(Json.Fields below, String json) {
    return switch (Json.parse(json)) {
      case Json.Fields onTop -> (Json.Fields) below.mergedWith(onTop);
      case Json.Null none -> below;
      case Json other ->
          throw new JsonSyntaxException("not a JSON object", new IllegalArgumentException(json));
    };
  }

  Json body() {
    return config.with("HostConfig", hostConfig).with("NetworkingConfig", networking);
  }
}
