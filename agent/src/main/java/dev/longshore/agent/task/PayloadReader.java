package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.Condition;
import dev.longshore.agent.task.ContainerSpec.Dependency;
import dev.longshore.agent.task.ContainerSpec.Link;
import dev.longshore.agent.task.ContainerSpec.MountPoint;
import dev.longshore.agent.task.ContainerSpec.PortMapping;
import dev.longshore.agent.task.ContainerSpec.RegistryAuthentication;
import dev.longshore.agent.task.ContainerSpec.RestartPolicy;
import dev.longshore.agent.task.ContainerSpec.Secret;
import dev.longshore.agent.task.ContainerSpec.VolumeFrom;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tasks of a payload message. A task that makes no sense does not spoil its neighbours.
 */
public final class PayloadReader {
  private PayloadReader() {}

  /**
   * @throws Fields.WrongTypeException if a member has the wrong JSON type, which drops the message
   */
  public static ReceivedTask read(Fields task) {
    String arn = task.text("arn", "");
    try {
      return accepted(arn, task);
    } catch (InvalidTaskException e) {
      return new ReceivedTask.Malformed(arn, String.valueOf(e.getMessage()));
    }
  }

  /** Reads the credentials of a role as payloads and refresh messages carry them. */
  public static RoleCredentials credentials(Fields from, String roleType) {
    return new RoleCredentials(
        from.text("credentialsId", ""),
        roleType,
        from.text("roleArn", ""),
        from.text("accessKeyId", ""),
        from.text("secretAccessKey", ""),
        from.text("sessionToken", ""),
        from.text("expiration", ""),
        from.text("credentialScope"));
  }

  private static ReceivedTask accepted(String arn, Fields task) {
    if (arn.isEmpty()) {
      throw new InvalidTaskException("the task has no arn");
    }
    DesiredStatus desired =
        switch (task.text("desiredStatus")) {
          case "RUNNING" -> DesiredStatus.RUNNING;
          case "STOPPED" -> DesiredStatus.STOPPED;
          case null, default ->
              throw new InvalidTaskException(
                  "unrecognized desired status " + task.text("desiredStatus"));
        };
    List<RoleCredentials> credentials = new ArrayList<>();
    String role = role(task, "roleCredentials", RoleCredentials.TASK_APPLICATION, credentials);
    String executionRole =
        role(task, "executionRoleCredentials", RoleCredentials.TASK_EXECUTION, credentials);
    List<ContainerSpec> containers = new ArrayList<>();
    for (Fields container : task.objects("containers")) {
      containers.add(container(container));
    }
    if (containers.isEmpty() && desired == DesiredStatus.RUNNING) {
      throw new InvalidTaskException("the task has no containers");
    }
    List<VolumeSpec> volumes = new ArrayList<>();
    for (Fields volume : task.objects("volumes")) {
      volumes.add(volume(volume));
    }
    TaskSpec spec =
        new TaskSpec(
            arn,
            task.text("taskClusterArn"),
            task.text("family", ""),
            task.text("version", ""),
            task.text("networkMode", "bridge"),
            task.text("launchType"),
            task.text("serviceName"),
            task.number("cpu"),
            task.whole("memory", 0),
            task.text("pidMode"),
            task.text("ipcMode"),
            role,
            executionRole,
            List.copyOf(containers),
            List.copyOf(volumes),
            unsupported(task));
    return new ReceivedTask.Accepted(spec, desired, List.copyOf(credentials));
  }

  private static @Nullable String role(
      Fields task, String member, String type, List<RoleCredentials> into) {
    Fields from = task.object(member);
    if (from == null) {
      return null;
    }
    RoleCredentials credentials = credentials(from, type);
    into.add(credentials);
    return credentials.credentialsId();
  }

  /** What the agent does not advertise and yet was sent: such a task stops with this reason. */
  private static @Nullable String unsupported(Fields task) {
    if (task.text("networkMode", "bridge").equals("awsvpc")) {
      return "network mode awsvpc is not supported by this container instance";
    }
    if ("task".equals(task.text("pidMode")) || "task".equals(task.text("ipcMode"))) {
      return "a namespace shared by the task is not supported by this container instance";
    }
    if (!task.objects("associations").isEmpty()) {
      return "accelerators are not supported by this container instance";
    }
    for (Fields volume : task.objects("volumes")) {
      if (volume.has("efsVolumeConfiguration")
          || volume.has("fsxWindowsFileServerVolumeConfiguration")) {
        return "volume " + volume.text("name") + " needs a file system this instance cannot mount";
      }
    }
    return null;
  }

  private static ContainerSpec container(Fields from) {
    Fields docker = from.object("dockerConfig");
    String hostConfig = docker == null ? null : docker.text("hostConfig");
    List<Link> links = links(from);
    List<VolumeFrom> volumesFrom = volumesFrom(from);
    return new ContainerSpec(
        from.text("name", ""),
        from.text("image", ""),
        from.truth("essential"),
        command(from),
        from.texts("entryPoint"),
        from.textMap("environment"),
        from.whole("cpu", 0),
        from.whole("memory", 0),
        reservation(hostConfig),
        ports(from),
        links,
        volumesFrom,
        mountPoints(from),
        dependencies(from, links, volumesFrom),
        from.whole("startTimeout", 0),
        from.whole("stopTimeout", 0),
        docker == null ? null : docker.text("config"),
        hostConfig,
        "docker".equalsIgnoreCase(from.text("healthCheckType")),
        registryAuthentication(from),
        restartPolicy(from),
        from.text("logsAuthStrategy"),
        from.text("containerArn"),
        secrets(from),
        environmentFiles(from));
  }

  private static List<Secret> secrets(Fields from) {
    List<Secret> secrets = new ArrayList<>();
    for (Fields secret : from.objects("secrets")) {
      String provider = secret.text("provider", "ssm");
      if (!provider.equals("ssm") && !provider.equals("asm")) {
        throw new InvalidTaskException("unknown secret provider " + provider);
      }
      secrets.add(
          new Secret(
              secret.text("name", ""),
              secret.text("valueFrom", ""),
              secret.text("region", ""),
              provider,
              "LOG_DRIVER".equals(secret.text("target"))));
    }
    return List.copyOf(secrets);
  }

  private static List<String> environmentFiles(Fields from) {
    List<String> files = new ArrayList<>();
    from.objects("environmentFiles").forEach(file -> files.add(file.text("value", "")));
    return List.copyOf(files);
  }

  private static List<String> command(Fields from) {
    String overrides = from.text("overrides");
    if (overrides == null || overrides.isEmpty()) {
      return from.texts("command");
    }
    Json json;
    try {
      json = Json.parse(overrides);
    } catch (JsonSyntaxException e) {
      throw new InvalidTaskException("container overrides are not JSON: " + e.getMessage());
    }
    for (String key : json.members().keySet()) {
      if (!key.equalsIgnoreCase("command")) {
        throw new InvalidTaskException("unknown container override " + key);
      }
    }
    return json instanceof Json.Fields fields && !fields.members().isEmpty()
        ? new Fields(fields).texts("command")
        : from.texts("command");
  }

  /** The scheduler counts the soft limit, which travels inside the host configuration. */
  private static int reservation(@Nullable String hostConfig) {
    if (hostConfig == null || hostConfig.isEmpty()) {
      return 0;
    }
    try {
      return (int) (Json.parse(hostConfig).at("MemoryReservation").number() >> 20);
    } catch (JsonSyntaxException e) {
      // Creating the container fails on the same text, with the reason the user is to read.
      return 0;
    }
  }

  private static List<PortMapping> ports(Fields from) {
    List<PortMapping> ports = new ArrayList<>();
    for (Fields port : from.objects("portMappings")) {
      String protocol = port.text("protocol", "tcp");
      if (!protocol.equals("tcp") && !protocol.equals("udp")) {
        throw new InvalidTaskException("invalid transport protocol " + protocol);
      }
      String range = port.text("containerPortRange");
      if (range == null) {
        int only = port.whole("containerPort", 0);
        ports.add(new PortMapping(only, only, port.whole("hostPort", 0), protocol));
      } else {
        ports.add(range(range, protocol));
      }
    }
    return List.copyOf(ports);
  }

  private static PortMapping range(String range, String protocol) {
    int dash = range.indexOf('-');
    try {
      int first = Integer.parseInt(range.substring(0, Math.max(dash, 0)).strip());
      int last = Integer.parseInt(range.substring(dash + 1).strip());
      if (first >= 1 && first < last && last <= 65535) {
        return new PortMapping(first, last, 0, protocol);
      }
    } catch (NumberFormatException e) {
      // Falls through to the same answer as a range the wrong way round.
    }
    throw new InvalidTaskException("invalid container port range " + range);
  }

  private static List<Link> links(Fields from) {
    List<Link> links = new ArrayList<>();
    for (String link : from.texts("links")) {
      int colon = link.indexOf(':');
      String name = colon < 0 ? link : link.substring(0, colon);
      links.add(new Link(name, colon < 0 ? name : link.substring(colon + 1)));
    }
    return List.copyOf(links);
  }

  private static List<VolumeFrom> volumesFrom(Fields from) {
    List<VolumeFrom> volumes = new ArrayList<>();
    for (Fields volume : from.objects("volumesFrom")) {
      volumes.add(new VolumeFrom(volume.text("sourceContainer", ""), volume.truth("readOnly")));
    }
    return List.copyOf(volumes);
  }

  private static List<MountPoint> mountPoints(Fields from) {
    List<MountPoint> mounts = new ArrayList<>();
    for (Fields mount : from.objects("mountPoints")) {
      mounts.add(
          new MountPoint(
              mount.text("sourceVolume", ""),
              mount.text("containerPath", ""),
              mount.truth("readOnly")));
    }
    return List.copyOf(mounts);
  }

  private static List<Dependency> dependencies(
      Fields from, List<Link> links, List<VolumeFrom> volumesFrom) {
    List<Dependency> dependencies = new ArrayList<>();
    for (Fields dependency : from.objects("dependsOn")) {
      String condition = dependency.text("condition", "");
      dependencies.add(
          new Dependency(
              dependency.text("containerName", ""),
              switch (condition) {
                case "START" -> Condition.START;
                case "COMPLETE" -> Condition.COMPLETE;
                case "SUCCESS" -> Condition.SUCCESS;
                case "HEALTHY" -> Condition.HEALTHY;
                default -> throw new InvalidTaskException("unknown condition " + condition);
              }));
    }
    links.forEach(link -> dependencies.add(new Dependency(link.container(), Condition.START)));
    volumesFrom.forEach(v -> dependencies.add(new Dependency(v.container(), Condition.CREATE)));
    return List.copyOf(dependencies);
  }

  private static @Nullable RegistryAuthentication registryAuthentication(Fields from) {
    Fields auth = from.object("registryAuthentication");
    if (auth == null) {
      return null;
    }
    Map<String, String> data = new LinkedHashMap<>();
    String type = auth.text("type", "");
    Fields details = auth.object(type.equals("ecr") ? "ecrAuthData" : "asmAuthData");
    if (details != null) {
      for (String member :
          List.of("registryId", "region", "endpointOverride", "credentialsParameter")) {
        String value = details.text(member);
        if (value != null) {
          data.put(member, value);
        }
      }
      if (details.truth("useExecutionRole")) {
        data.put("useExecutionRole", "true");
      }
    }
    return new RegistryAuthentication(type, data);
  }

  private static @Nullable RestartPolicy restartPolicy(Fields from) {
    Fields policy = from.object("restartPolicy");
    return policy == null
        ? null
        : new RestartPolicy(
            policy.truth("enabled"),
            List.copyOf(policy.wholes("ignoredExitCodes")),
            policy.whole("restartAttemptPeriod", 0));
  }

  private static VolumeSpec volume(Fields from) {
    String name = from.text("name", "");
    String type = from.text("type", "host");
    return switch (type) {
      case "host" -> hostVolume(name, from.object("host"));
      case "docker" -> dockerVolume(name, from.object("dockerVolumeConfiguration"));
      case "efs", "fsxWindowsFileServer" ->
          new VolumeSpec(
              name, null, false, false, null, new LinkedHashMap<>(), new LinkedHashMap<>());
      default -> throw new InvalidTaskException("unrecognized volume type: " + type);
    };
  }

  private static VolumeSpec hostVolume(String name, @Nullable Fields host) {
    if (host == null) {
      throw new InvalidTaskException("invalid volume " + name + ": empty host");
    }
    String path = host.text("sourcePath", "");
    return new VolumeSpec(
        name,
        path.isEmpty() ? null : path,
        false,
        false,
        null,
        new LinkedHashMap<>(),
        new LinkedHashMap<>());
  }

  private static VolumeSpec dockerVolume(String name, @Nullable Fields docker) {
    if (docker == null) {
      throw new InvalidTaskException("invalid volume " + name + ": empty docker configuration");
    }
    String scope = docker.text("scope", "task");
    if (!scope.equals("task") && !scope.equals("shared")) {
      throw new InvalidTaskException("invalid volume " + name + ": unrecognized scope " + scope);
    }
    return new VolumeSpec(
        name,
        null,
        scope.equals("shared"),
        docker.truth("autoprovision"),
        docker.text("driver"),
        docker.textMap("driverOpts"),
        docker.textMap("labels"));
  }

  private static final class InvalidTaskException extends RuntimeException {
    private static final long serialVersionUID = 1;

    InvalidTaskException(String message) {
      super(message);
    }
  }
}
