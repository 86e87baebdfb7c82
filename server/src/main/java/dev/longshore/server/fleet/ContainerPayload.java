package dev.longshore.server.fleet;

import dev.longshore.core.model.TaskContainer;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerDependency;
import dev.longshore.shapes.ecs.ContainerRestartPolicy;
import dev.longshore.shapes.ecs.EnvironmentFile;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.Secret;
import dev.longshore.shapes.ecs.VersionConsistency;
import dev.longshore.shapes.ecs.VolumeFrom;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One container of a task as the agent is told of it: the definition with the task's overrides
 * merged in and every default written out, because the agent fills in none.
 */
final class ContainerPayload {
  /** The agent's own default does not exist; AWS sends this one. */
  private static final int RESTART_ATTEMPT_PERIOD = 300;

  private ContainerPayload() {}

  /**
   * @param definition the container's definition, the task's overrides merged in
   * @param registry how to log in to the image's registry; null for not at all
   */
  static Json of(
      ContainerDefinition definition,
      TaskContainer container,
      String networkMode,
      String region,
      @Nullable Json registry) {
    Integer memory = definition.memory();
    Members payload =
        new Members()
            .put("name", definition.name())
            .put("image", image(definition, container))
            .put("containerArn", container.arn())
            .put("essential", container.essential())
            .put("cpu", definition.cpu())
            .put("memory", memory)
            .put("command", definition.command())
            .put("entryPoint", definition.entryPoint())
            .put("environment", environment(definition.environment()))
            .put("environmentFiles", definition.environmentFiles(), ContainerPayload::file)
            .put("secrets", secrets(definition, region), secret -> secret)
            .put("portMappings", definition.portMappings(), ContainerPayload::port)
            .put("links", definition.links())
            .put("volumesFrom", definition.volumesFrom(), ContainerPayload::volumesFrom)
            .put("mountPoints", definition.mountPoints(), ContainerPayload::mountPoint)
            .put("dependsOn", definition.dependsOn(), ContainerPayload::dependency)
            .put("startTimeout", definition.startTimeout())
            .put("stopTimeout", definition.stopTimeout())
            .put("healthCheckType", definition.healthCheck() == null ? null : "docker")
            .put("restartPolicy", restartPolicy(definition.restartPolicy()))
            .put("firelensConfiguration", firelens(definition.firelensConfiguration()))
            .put("registryAuthentication", registry)
            .put("credentialSpecs", definition.credentialSpecs());
    Json docker = DockerConfig.of(definition, networkMode);
    return payload.put("dockerConfig", withSwap(docker, definition, memory)).json();
  }

  /**
   * The image by the digest that is known of it, so that a name that moved on does not matter.
   * Known it is of a service's tasks, once its first one ran, and of a task whose agent asks again.
   */
  private static String image(ContainerDefinition definition, TaskContainer container) {
    String name = container.image();
    String digest = container.imageDigest();
    boolean byName = VersionConsistency.DISABLED.equals(definition.versionConsistency());
    if (digest == null || byName || name.indexOf('@') >= 0) {
      return name;
    }
    int colon = name.lastIndexOf(':');
    boolean tagged = colon > name.lastIndexOf('/');
    return (tagged ? name.substring(0, colon) : name) + '@' + digest;
  }

  private static Json dependency(ContainerDependency dependency) {
    return new Members()
        .put("containerName", dependency.containerName())
        .put("condition", dependency.condition())
        .json();
  }

  private static Json withSwap(
      Json docker, ContainerDefinition definition, @Nullable Integer memory) {
    Json swap = DockerConfig.swap(definition, memory);
    if (swap.members().isEmpty()) {
      return docker;
    }
    Json host = Json.parse(docker.at("hostConfig").text()).mergedWith(swap);
    return ((Json.Fields) docker).with("hostConfig", Json.of(host.write()));
  }

  private static Json environment(@Nullable List<KeyValuePair> pairs) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("AWS_EXECUTION_ENV", "AWS_ECS_EC2");
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        if (pair.name() != null) {
          environment.put(pair.name(), Objects.requireNonNullElse(pair.value(), ""));
        }
      }
    }
    return Json.fields(environment);
  }

  private static Json file(EnvironmentFile file) {
    return new Members().put("type", file.type()).put("value", file.value()).json();
  }

  /** Those of the container's environment, then those of its log driver's options. */
  private static List<Json> secrets(ContainerDefinition definition, String region) {
    List<Json> secrets = new ArrayList<>();
    for (Secret secret : Objects.requireNonNullElse(definition.secrets(), List.<Secret>of())) {
      secrets.add(secret(secret, region, "ENVIRONMENT_VARIABLE", "CONTAINER"));
    }
    LogConfiguration log = definition.logConfiguration();
    if (log != null && log.secretOptions() != null) {
      for (Secret secret : log.secretOptions()) {
        secrets.add(secret(secret, region, "BOOTSTRAP", "LOG_DRIVER"));
      }
    }
    return secrets;
  }

  private static Json secret(Secret secret, String region, String type, String target) {
    String from = secret.valueFrom();
    boolean manager = from.contains(":secretsmanager:");
    // An ARN says itself in which region the secret is; a bare name is one of ours.
    String[] arn = from.split(":", 5);
    return new Members()
        .put("name", secret.name())
        .put("valueFrom", from)
        .put("region", arn.length == 5 && !arn[3].isEmpty() ? arn[3] : region)
        .put("provider", manager ? "asm" : "ssm")
        .put("type", type)
        .put("target", target)
        .json();
  }

  private static Json port(PortMapping mapping) {
    return new Members()
        .put("containerPort", mapping.containerPort())
        .put("hostPort", mapping.containerPortRange() == null ? mapping.hostPort() : null)
        .put("containerPortRange", mapping.containerPortRange())
        .put("protocol", Objects.requireNonNullElse(mapping.protocol(), "tcp"))
        .json();
  }

  private static Json volumesFrom(VolumeFrom from) {
    return new Members()
        .put("sourceContainer", from.sourceContainer())
        .put("readOnly", Objects.requireNonNullElse(from.readOnly(), false))
        .json();
  }

  private static Json mountPoint(MountPoint mount) {
    return new Members()
        .put("sourceVolume", mount.sourceVolume())
        .put("containerPath", mount.containerPath())
        .put("readOnly", Objects.requireNonNullElse(mount.readOnly(), false))
        .json();
  }

  private static @Nullable Json restartPolicy(@Nullable ContainerRestartPolicy policy) {
    if (policy == null) {
      return null;
    }
    List<Integer> ignored = policy.ignoredExitCodes();
    return new Members()
        .put("enabled", policy.enabled())
        .put("ignoredExitCodes", ignored, code -> Json.of((long) code))
        .put(
            "restartAttemptPeriod",
            Objects.requireNonNullElse(policy.restartAttemptPeriod(), RESTART_ATTEMPT_PERIOD))
        .json();
  }

  private static @Nullable Json firelens(@Nullable FirelensConfiguration firelens) {
    if (firelens == null) {
      return null;
    }
    Map<String, String> options = firelens.options();
    return new Members()
        .put("type", firelens.type())
        .put("options", options == null ? null : Json.fields(options))
        .json();
  }
}
