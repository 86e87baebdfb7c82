package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.MountPoint;
import dev.longshore.agent.task.ContainerSpec.PortMapping;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the container engine is asked to create: the agent's own values first, the payload's {@code
 * dockerConfig} laid on top, then what no payload may change.
 */
record ContainerConfig(Json.Fields config, Json.Fields hostConfig) {
  private static final String LABEL = "com.amazonaws.ecs.";
  private static final String WELL_KNOWN_ENDPOINT = "http://169.254.170.2";
  private static final long MIB = 1 << 20;
  private static final int LEAST_MEMORY = 4;
  private static final int LEAST_SHARES = 2;
  private static final int MOST_SHARES = 262_144;

  /** The container cannot be described to the engine; the message is the container's reason. */
  static final class InvalidConfigException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidConfigException(String reason) {
      super(reason);
    }
  }

  /**
   * @param hostRanges first host port for each of the container's port ranges
   * @throws InvalidConfigException if the payload contradicts itself
   */
  static ContainerConfig of(
      TaskDraft task,
      ContainerDraft container,
      Settings settings,
      Map<PortMapping, Integer> hostRanges) {
    ContainerSpec spec = container.spec;
    Json.Fields config =
        laid(config(task, container, settings), spec.config())
            .orElseThrow(
                message -> Reasons.dockerConfig("Unable decode given docker config: " + message));
    if (spec.healthChecked() && config.at("Healthcheck").isNull()) {
      throw new InvalidConfigException(
          Reasons.dockerConfig(
              "docker health check is nil while container health check type is DOCKER"));
    }
    Json.Fields host =
        laid(hostConfig(task, container, settings, hostRanges), spec.hostConfig())
            .orElseThrow(
                message -> Reasons.hostConfig("Unable to decode given host config: " + message));
    for (String space : List.of("PidMode", "IpcMode")) {
      String mode = space.equals("PidMode") ? task.spec.pidMode() : task.spec.ipcMode();
      if (mode != null && !mode.isEmpty()) {
        host = host.with(space, Json.of(mode));
      }
    }
    Map<String, String> labels = new LinkedHashMap<>(config.at("Labels").textMembers());
    labels.putAll(labels(task, container, settings));
    return new ContainerConfig(config.with("Labels", Json.fields(labels)), host);
  }

  /** The engine's network mode, which decides how dear a start is. */
  String networkMode() {
    String mode = hostConfig.at("NetworkMode").text();
    return mode.isEmpty() ? "bridge" : mode;
  }

  private sealed interface Laid {
    record Done(Json.Fields result) implements Laid {}

    record Refused(String message) implements Laid {}

    default Json.Fields orElseThrow(UnaryOperator<String> reason) {
      return switch (this) {
        case Done(Json.Fields result) -> result;
        case Refused(String message) -> throw new InvalidConfigException(reason.apply(message));
      };
    }
  }

  private static Laid laid(Json.Fields below, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return new Laid.Done(below);
    }
    try {
      return switch (Json.parse(text)) {
        case Json.Null none -> new Laid.Done(below);
        case Json.Fields above -> new Laid.Done((Json.Fields) below.mergedWith(above));
        default -> new Laid.Refused("not a JSON object");
      };
    } catch (JsonSyntaxException e) {
      return new Laid.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static Json.Fields config(TaskDraft task, ContainerDraft container, Settings settings) {
    ContainerSpec spec = container.spec;
    Json.Fields config = Json.fields().with("Image", Json.of(spec.image()));
    if (!spec.command().isEmpty()) {
      config = config.with("Cmd", Json.items(spec.command()));
    }
    if (!spec.entryPoint().isEmpty()) {
      config = config.with("Entrypoint", Json.items(spec.entryPoint()));
    }
    Json.Fields exposed = Json.fields();
    for (PortMapping mapping : spec.portMappings()) {
      for (int port = mapping.first(); port <= mapping.last(); port++) {
        exposed = exposed.with(port + "/" + mapping.protocol(), Json.fields());
      }
    }
    return config
        .with("Env", Json.items(environment(task, container, settings)))
        .with("ExposedPorts", exposed);
  }

  private static List<String> environment(
      TaskDraft task, ContainerDraft container, Settings settings) {
    Map<String, String> variables = new LinkedHashMap<>(container.spec.environment());
    String endpoint = settings.taskEndpoint();
    variables.put("ECS_CONTAINER_METADATA_URI", endpoint + "/v3/" + container.endpointId);
    variables.put("ECS_CONTAINER_METADATA_URI_V4", endpoint + "/v4/" + container.endpointId);
    variables.put("ECS_AGENT_URI", endpoint + "/api/" + container.endpointId);
    if (task.spec.roleCredentialsId() != null) {
      String path = "/v2/credentials/" + task.spec.roleCredentialsId();
      if (endpoint.equals(WELL_KNOWN_ENDPOINT)) {
        variables.put("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", path);
      } else {
        // A relative address means 169.254.170.2, where nobody is here.
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", endpoint + path);
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", container.endpointId);
      }
    }
    List<String> environment = new ArrayList<>();
    variables.forEach((name, value) -> environment.add(name + "=" + value));
    return environment;
  }

  private static Map<String, String> labels(
      TaskDraft task, ContainerDraft container, Settings settings) {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(LABEL + "cluster", settings.cluster());
    labels.put(LABEL + "container-name", container.name());
    labels.put(LABEL + "task-arn", task.arn());
    labels.put(LABEL + "task-definition-family", task.spec.family());
    labels.put(LABEL + "task-definition-version", task.spec.version());
    labels.putAll(settings.labels());
    return labels;
  }

  private static Json.Fields hostConfig(
      TaskDraft task,
      ContainerDraft container,
      Settings settings,
      Map<PortMapping, Integer> hostRanges) {
    ContainerSpec spec = container.spec;
    Json.Fields host =
        Json.fields()
            .with("Links", Json.items(links(task, spec)))
            .with("Binds", Json.items(binds(task, spec)))
            .with("PortBindings", portBindings(spec, settings, hostRanges))
            .with("VolumesFrom", Json.items(volumesFrom(task, spec)))
            .with("CpuShares", Json.of(Math.clamp(spec.cpu(), LEAST_SHARES, MOST_SHARES)));
    return limits(host, task.spec, spec);
  }

  /**
   * A limit of the task as a whole is given to each of its containers: exact for one container, and
   * at least a bound for several.
   */
  private static Json.Fields limits(Json.Fields host, TaskSpec task, ContainerSpec spec) {
    Json.Fields limited = host;
    int memory = spec.memory() > 0 ? spec.memory() : task.memory();
    if (memory > 0) {
      limited = limited.with("Memory", Json.of(Math.max(memory, LEAST_MEMORY) * MIB));
    }
    if (task.cpu() > 0) {
      limited =
          limited
              .with("CpuPeriod", Json.of(100_000))
              .with("CpuQuota", Json.of(Math.round(task.cpu() * 100_000)));
    }
    return limited;
  }

  private static List<String> links(TaskDraft task, ContainerSpec spec) {
    List<String> links = new ArrayList<>();
    for (ContainerSpec.Link link : spec.links()) {
      links.add(dockerName(task, link.container(), "Link target") + ":" + link.alias());
    }
    return links;
  }

  private static List<String> volumesFrom(TaskDraft task, ContainerSpec spec) {
    List<String> volumes = new ArrayList<>();
    for (ContainerSpec.VolumeFrom from : spec.volumesFrom()) {
      volumes.add(
          dockerName(task, from.container(), "Volume target") + (from.readOnly() ? ":ro" : ""));
    }
    return volumes;
  }

  private static String dockerName(TaskDraft task, String container, String role) {
    return task.container(container)
        .map(other -> other.dockerName)
        .orElseThrow(() ->
            new InvalidConfigException(Reasons.hostConfig(role + " not available: " + container)));
  }

  private static List<String> binds(TaskDraft task, ContainerSpec spec) {
    List<String> binds = new ArrayList<>();
    for (MountPoint mount : spec.mountPoints()) {
      String source =
          task.volumes.stream()
              .filter(volume -> volume.spec().name().equals(mount.volume()))
              .map(VolumeRow::source)
              .findFirst()
              .orElseThrow(() ->
                  new InvalidConfigException(
                      Reasons.hostConfig("Invalid volume referenced: " + mount.volume())));
      binds.add(source + ":" + mount.path() + (mount.readOnly() ? ":ro" : ""));
    }
    return binds;
  }

  private static Json.Fields portBindings(
      ContainerSpec spec, Settings settings, Map<PortMapping, Integer> hostRanges) {
    Map<String, List<Json>> bindings = new LinkedHashMap<>();
    for (PortMapping mapping : spec.portMappings()) {
      int firstHostPort = hostRanges.getOrDefault(mapping, mapping.hostPort());
      for (int port = mapping.first(); port <= mapping.last(); port++) {
        int hostPort = firstHostPort == 0 ? 0 : firstHostPort + port - mapping.first();
        Json.Fields binding =
            Json.fields()
                .with("HostIp", Json.of(settings.bindAddress()))
                // Without a number the engine picks a free port of the host's own range.
                .with("HostPort", Json.of(hostPort == 0 ? "" : Integer.toString(hostPort)));
        bindings
            .computeIfAbsent(port + "/" + mapping.protocol(), name -> new ArrayList<>())
            .add(binding);
      }
    }
    Map<String, Json> members = new LinkedHashMap<>();
    bindings.forEach((name, list) -> members.put(name, new Json.Items(list)));
    return new Json.Fields(members);
  }
}
