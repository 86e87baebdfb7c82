package dev.longshore.server.fleet;

import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.Device;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.KernelCapabilities;
import dev.longshore.shapes.ecs.LinuxParameters;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.SystemControl;
import dev.longshore.shapes.ecs.Tmpfs;
import dev.longshore.shapes.ecs.Ulimit;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a container definition that reach the agent as the container engine's own objects:
 * the agent lays {@code config} and {@code hostConfig} over what it makes itself, so only what a
 * user asked for may stand in them.
 */
final class DockerConfig {
  private static final long MIB = 1024L * 1024;
  private static final long NANOS = 1_000_000_000L;

  private DockerConfig() {}

  static Json of(ContainerDefinition container, String networkMode) {
    return new Members()
        .put("config", config(container).write())
        .put("hostConfig", hostConfig(container, networkMode).write())
        .put("version", "1.21")
        .json();
  }

  private static Json.Fields config(ContainerDefinition container) {
    Map<String, String> labels = container.dockerLabels();
    return new Members()
        .put("User", container.user())
        .put("WorkingDir", container.workingDirectory())
        .put("Hostname", container.hostname())
        .put("OpenStdin", container.interactive())
        .put("Tty", container.pseudoTerminal())
        .put("NetworkDisabled", container.disableNetworking())
        .put("Labels", labels == null || labels.isEmpty() ? null : Json.fields(labels))
        .put("Healthcheck", healthCheck(container.healthCheck()))
        .json();
  }

  private static @Nullable Json healthCheck(@Nullable HealthCheck check) {
    if (check == null) {
      return null;
    }
    return new Members()
        .put("Test", check.command())
        .put("Interval", nanos(check.interval()))
        .put("Timeout", nanos(check.timeout()))
        .put("StartPeriod", nanos(check.startPeriod()))
        .put("Retries", check.retries())
        .json();
  }

  private static @Nullable Long nanos(@Nullable Integer seconds) {
    return seconds == null ? null : seconds * NANOS;
  }

  private static Json.Fields hostConfig(ContainerDefinition container, String networkMode) {
    Integer reservation = container.memoryReservation();
    Members host = new Members();
    // awsvpc tasks join the pause container's network, which only the agent knows.
    host.put("NetworkMode", networkMode.equals("awsvpc") ? null : networkMode)
        .put("MemoryReservation", reservation == null ? null : reservation * MIB)
        .put("Privileged", container.privileged())
        .put("ReadonlyRootfs", container.readonlyRootFilesystem())
        .put("Ulimits", container.ulimits(), DockerConfig::ulimit)
        .put("Dns", container.dnsServers())
        .put("DnsSearch", container.dnsSearchDomains())
        .put("SecurityOpt", container.dockerSecurityOptions())
        .put(
            "ExtraHosts",
            container.extraHosts(),
            entry -> Json.of(entry.hostname() + ':' + entry.ipAddress()))
        .put("Sysctls", sysctls(container.systemControls()))
        .put("LogConfig", logConfig(container.logConfiguration()));
    linux(host, container.linuxParameters());
    return host.json();
  }

  private static Json ulimit(Ulimit limit) {
    return new Members()
        .put("Name", limit.name())
        .put("Soft", limit.softLimit())
        .put("Hard", limit.hardLimit())
        .json();
  }

  private static @Nullable Json sysctls(@Nullable List<SystemControl> controls) {
    if (controls == null || controls.isEmpty()) {
      return null;
    }
    Members sysctls = new Members();
    controls.forEach(control -> {
      if (control.namespace() != null) {
        sysctls.put(control.namespace(), control.value());
      }
    });
    return sysctls.json();
  }

  private static @Nullable Json logConfig(@Nullable LogConfiguration log) {
    if (log == null) {
      return null;
    }
    Map<String, String> options = log.options();
    return new Members()
        .put("Type", log.logDriver())
        .put("Config", options == null ? null : Json.fields(options))
        .json();
  }

  private static void linux(Members host, @Nullable LinuxParameters linux) {
    if (linux == null) {
      return;
    }
    KernelCapabilities capabilities = linux.capabilities();
    if (capabilities != null) {
      host.put("CapAdd", capabilities.add()).put("CapDrop", capabilities.drop());
    }
    Integer shared = linux.sharedMemorySize();
    host.put("Devices", linux.devices(), DockerConfig::device)
        .put("Init", linux.initProcessEnabled())
        .put("ShmSize", shared == null ? null : shared * MIB)
        .put("Tmpfs", tmpfs(linux.tmpfs()));
  }

  /**
   * The engine's swap settings: {@code maxSwap} counts swap alone, the engine counts memory and
   * swap together, so it is meaningless without a hard memory limit. Swappiness without maxSwap is
   * ignored, as AWS documents.
   */
  static Json swap(ContainerDefinition container, @Nullable Integer memory) {
    LinuxParameters linux = container.linuxParameters();
    if (linux == null || linux.maxSwap() == null || memory == null) {
      return Json.fields();
    }
    return new Members()
        .put("MemorySwap", (memory + linux.maxSwap()) * MIB)
        .put("MemorySwappiness", linux.swappiness())
        .json();
  }

  private static Json device(Device device) {
    String inside = device.containerPath() == null ? device.hostPath() : device.containerPath();
    return new Members()
        .put("PathOnHost", device.hostPath())
        .put("PathInContainer", inside)
        .put("CgroupPermissions", permissions(device.permissions()))
        .json();
  }

  private static String permissions(@Nullable List<String> names) {
    if (names == null || names.isEmpty()) {
      return "rwm";
    }
    return (names.contains("read") ? "r" : "")
        + (names.contains("write") ? "w" : "")
        + (names.contains("mknod") ? "m" : "");
  }

  private static @Nullable Json tmpfs(@Nullable List<Tmpfs> mounts) {
    if (mounts == null || mounts.isEmpty()) {
      return null;
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (Tmpfs mount : mounts) {
      StringBuilder text = new StringBuilder("size=").append(mount.size()).append('m');
      if (mount.mountOptions() != null) {
        mount.mountOptions().forEach(option -> text.append(',').append(option));
      }
      options.put(mount.containerPath(), text.toString());
    }
    return Json.fields(options);
  }
}
