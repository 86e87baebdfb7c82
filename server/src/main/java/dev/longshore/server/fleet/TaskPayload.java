package dev.longshore.server.fleet;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.task.TaskOverrides;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.DockerVolumeConfiguration;
import dev.longshore.shapes.ecs.EFSVolumeConfiguration;
import dev.longshore.shapes.ecs.Volume;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A task as its agent is told of it (agent protocol, PayloadMessage). */
final class TaskPayload {
  private static final double UNITS_PER_VCPU = 1024.0;

  private TaskPayload() {}

  /**
   * A task to run.
   *
   * @param credentials those of the task's roles, by the fields in which a payload carries them
   */
  static Json run(Task task, TaskDefinition definition, Json.Fields credentials, Home home) {
    var spec = definition.definition();
    String networkMode = Objects.requireNonNullElse(spec.networkMode(), "bridge");
    Members payload =
        new Members()
            .put("arn", task.arn())
            .put("taskClusterArn", task.clusterArn())
            .put("family", definition.family())
            .put("version", Integer.toString(definition.revision()))
            .put("desiredStatus", "RUNNING")
            .put("networkMode", networkMode)
            .put("launchType", task.launchType())
            .put("serviceName", serviceName(task))
            .put("group", task.group())
            .put("cpu", vcpus(firstOf(overriddenCpu(task), spec.cpu())))
            .put("memory", mebibytes(firstOf(overriddenMemory(task), spec.memory())))
            .put("pidMode", spec.pidMode())
            .put("ipcMode", spec.ipcMode())
            .put("enableFaultInjection", spec.enableFaultInjection())
            .put("associations", gpus(task), association -> association)
            .put("volumes", spec.volumes(), TaskPayload::volume);
    credentials.members().forEach(payload::put);
    boolean starter = credentials.members().containsKey(TaskRole.EXECUTION_FIELD);
    return payload
        .put(
            "containers",
            TaskOverrides.containers(spec, task.overrides()),
            each -> {
              TaskContainer container = containerOf(task, each);
              return ContainerPayload.of(
                  each,
                  container,
                  networkMode,
                  home.place().region(),
                  RegistryAccess.of(each, container.image(), starter, home));
            })
        .json();
  }

  /** A task to stop: nothing but its name is needed. */
  static Json stop(Task task) {
    return new Members()
        .put("arn", task.arn())
        .put("taskClusterArn", task.clusterArn())
        .put("desiredStatus", "STOPPED")
        .json();
  }

  /** Which GPU is whose: an association of each names the one container that has it. */
  private static List<Json> gpus(Task task) {
    List<Json> associations = new ArrayList<>();
    for (TaskContainer container : task.containers()) {
      for (String gpu : container.gpuIds()) {
        associations.add(
            new Members()
                .put("name", gpu)
                .put("type", "gpu")
                .put("content", new Members().put("encoding", "").put("value", "").json())
                .put("containers", List.of(container.name()))
                .json());
      }
    }
    return associations;
  }

  private static @Nullable String serviceName(Task task) {
    String arn = task.serviceArn();
    return arn == null ? null : arn.substring(arn.lastIndexOf('/') + 1);
  }

  private static @Nullable String overriddenCpu(Task task) {
    return task.overrides() == null ? null : task.overrides().cpu();
  }

  private static @Nullable String overriddenMemory(Task task) {
    return task.overrides() == null ? null : task.overrides().memory();
  }

  private static @Nullable String firstOf(@Nullable String first, @Nullable String second) {
    return first == null ? second : first;
  }

  private static @Nullable Json vcpus(@Nullable String units) {
    return units == null ? null : Json.of(Integer.parseInt(units) / UNITS_PER_VCPU);
  }

  private static @Nullable Json mebibytes(@Nullable String text) {
    return text == null ? null : Json.of(Long.parseLong(text));
  }

  private static TaskContainer containerOf(Task task, ContainerDefinition definition) {
    for (TaskContainer container : task.containers()) {
      if (container.name().equals(definition.name())) {
        return container;
      }
    }
    throw new IllegalStateException(
        "Task " + task.arn() + " lacks container " + definition.name() + " of its definition.");
  }

  private static Json volume(Volume volume) {
    Members payload = new Members().put("name", volume.name());
    DockerVolumeConfiguration docker = volume.dockerVolumeConfiguration();
    EFSVolumeConfiguration efs = volume.efsVolumeConfiguration();
    if (docker != null) {
      payload.put("type", "docker").put("dockerVolumeConfiguration", docker(docker));
    } else if (efs != null) {
      payload.put("type", "efs").put("efsVolumeConfiguration", efs(efs));
    } else {
      String source = volume.host() == null ? null : volume.host().sourcePath();
      payload.put("type", "host").put("host", new Members().put("sourcePath", source).json());
    }
    return payload.json();
  }

  private static Json docker(DockerVolumeConfiguration docker) {
    return new Members()
        .put("scope", Objects.requireNonNullElse(docker.scope(), "task"))
        .put("autoprovision", docker.autoprovision())
        .put("driver", Objects.requireNonNullElse(docker.driver(), "local"))
        .put("driverOpts", Json.fields(Objects.requireNonNullElse(docker.driverOpts(), Map.of())))
        .put("labels", Json.fields(Objects.requireNonNullElse(docker.labels(), Map.of())))
        .json();
  }

  private static Json efs(EFSVolumeConfiguration efs) {
    Members access = new Members();
    if (efs.authorizationConfig() != null) {
      access
          .put("accessPointId", efs.authorizationConfig().accessPointId())
          .put("iam", efs.authorizationConfig().iam());
    }
    return new Members()
        .put("fileSystemId", efs.fileSystemId())
        .put("rootDirectory", efs.rootDirectory())
        .put("transitEncryption", efs.transitEncryption())
        .put("transitEncryptionPort", efs.transitEncryptionPort())
        .put("authorizationConfig", access.json())
        .json();
  }
}
