package dev.longshore.core.taskdefinition;

import static java.util.Objects.requireNonNull;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.Type;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerDependency;
import dev.longshore.shapes.ecs.EphemeralStorage;
import dev.longshore.shapes.ecs.FirelensConfiguration;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.LogConfiguration;
import dev.longshore.shapes.ecs.MountPoint;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.ProxyConfiguration;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.ResourceRequirement;
import dev.longshore.shapes.ecs.SystemControl;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.Volume;
import dev.longshore.shapes.ecs.VolumeFrom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Task definitions by chance that meet every rule. Whatever the API's model has is filled in by
 * walking the model, so a member that a newer model brings is generated too; the few members whose
 * values must fit together are set by hand.
 */
final class AnyTaskDefinition {
  private static final String SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:s";

  private final Random random;
  private final Map<String, Supplier<@Nullable Object>> values = new LinkedHashMap<>();
  private int names;

  AnyTaskDefinition(long seed) {
    random = new Random(seed);
    values.put("RegisterTaskDefinitionRequest.family", this::name);
    values.put("RegisterTaskDefinitionRequest.cpu", () -> some("2048", "2 vCPU", "4vcpu"));
    values.put("RegisterTaskDefinitionRequest.memory", () -> some("8192", "8 GB", "16.5gb"));
    values.put("RegisterTaskDefinitionRequest.inferenceAccelerators", List::of);
    values.put("ContainerDefinition.name", this::name);
    values.put("ContainerDefinition.image", () -> some("busybox", "localhost:5000/a/b:1.2"));
    values.put("ContainerDefinition.cpu", () -> random.nextInt(128));
    values.put("ContainerDefinition.memory", () -> 256 + random.nextInt(256));
    values.put("ContainerDefinition.memoryReservation", () -> 1 + random.nextInt(256));
    values.put("ContainerDefinition.dockerSecurityOptions", () -> List.of("label:disable"));
    values.put("ContainerDefinition.credentialSpecs", () -> List.of("credentialspec:" + name()));
    values.put("EnvironmentFile.value", () -> "arn:aws:s3:::bucket/" + name() + ".env");
    values.put("Secret.valueFrom", () -> some(SECRET, "/parameter"));
    values.put("ContainerRestartPolicy.restartAttemptPeriod", () -> 60 + random.nextInt(1741));
    values.put("KernelCapabilities.add", () -> List.of(some("ALL", "NET_ADMIN", "SYS_PTRACE")));
    values.put("KernelCapabilities.drop", () -> List.of(some("ALL", "MKNOD")));
    values.put("Ulimit.softLimit", () -> random.nextInt(100));
    values.put("Ulimit.hardLimit", () -> 100 + random.nextInt(100));
    values.put("HealthCheck.command", () -> List.of(some("CMD", "CMD-SHELL"), name()));
    values.put("HealthCheck.interval", () -> 5 + random.nextInt(296));
    values.put("HealthCheck.timeout", () -> 2 + random.nextInt(59));
    values.put("HealthCheck.retries", () -> 1 + random.nextInt(10));
    values.put("TaskDefinitionPlacementConstraint.type", () -> "memberOf");
    values.put("TaskDefinitionPlacementConstraint.expression", () -> "attribute:a == " + name());
    values.put("EFSVolumeConfiguration.transitEncryption", () -> "ENABLED");
    values.put("EFSVolumeConfiguration.rootDirectory", () -> "/");
  }

  /** The next definition. */
  RegisterTaskDefinitionRequest next() {
    RegisterTaskDefinitionRequest plain =
        (RegisterTaskDefinitionRequest) any(RegisterTaskDefinitionRequest.SCHEMA);
    RegisterTaskDefinitionRequest.Builder request = plain.toBuilder();
    request.executionRoleArn("execution-role").taskRoleArn("arn:aws:iam::123456789012:role/task");
    request.requiresCompatibilities(
        "awsvpc".equals(plain.networkMode()) ? null : optional(List.of("EC2", "EXTERNAL")));
    request.placementConstraints(first(plain.placementConstraints(), 10));
    request.tags(tags());
    boolean awsvpc = "awsvpc".equals(plain.networkMode());
    request.ephemeralStorage(
        awsvpc ? optional(new EphemeralStorage(21 + random.nextInt(180))) : null);
    List<Volume> volumes = volumes(plain);
    request.volumes(plain.volumes() == null ? null : volumes);
    List<ContainerDefinition> containers = containers(plain, volumes);
    request.containerDefinitions(containers);
    request.proxyConfiguration(awsvpc ? optional(proxy(containers)) : null);
    return request.build();
  }

  private Shape any(Structure structure) {
    ShapeBuilder builder = structure.builder();
    for (Member member : structure.members()) {
      boolean needed = member.isRequired() || structure.name().endsWith("PlacementConstraint");
      if (needed || random.nextInt(3) > 0) {
        Supplier<@Nullable Object> by = values.get(structure.name() + '.' + member.name());
        builder.set(member.index(), by == null ? any(member.type()) : by.get());
      }
    }
    return builder.build();
  }

  private Object any(Type type) {
    return switch (type) {
      case StructureType structure -> any(structure.structure());
      case ListType list -> {
        List<Object> elements = new ArrayList<>();
        for (int at = random.nextInt(3); at >= 0; at--) {
          elements.add(any(list.element().type()));
        }
        yield elements;
      }
      case MapType map -> {
        Map<String, Object> entries = new LinkedHashMap<>();
        for (int at = random.nextInt(3); at > 0; at--) {
          entries.put(name(), any(map.value().type()));
        }
        yield entries;
      }
      case ScalarType scalar -> scalar(scalar);
    };
  }

  private Object scalar(ScalarType type) {
    return switch (type.kind()) {
      case STRING ->
          type.isEnum() ? type.values().get(random.nextInt(type.values().size())) : name();
      case INTEGER -> 2 + random.nextInt(90);
      case BOOLEAN -> random.nextBoolean();
      default -> throw new AssertionError("No definition has had a " + type.kind() + " so far.");
    };
  }

  private String name() {
    return "n" + names++;
  }

  @SafeVarargs
  private <T> T some(T... all) {
    return all[random.nextInt(all.length)];
  }

  private <T> @Nullable T optional(T value) {
    return random.nextBoolean() ? value : null;
  }

  private static <T> @Nullable List<T> first(@Nullable List<T> list, int most) {
    return list == null ? null : list.subList(0, Math.min(most, list.size()));
  }

  private @Nullable List<Tag> tags() {
    return optional(List.of(new Tag(name(), name()), new Tag(name(), "")));
  }

  /** Each of one kind, all with names. */
  private List<Volume> volumes(RegisterTaskDefinitionRequest plain) {
    List<Volume> volumes = new ArrayList<>();
    for (Volume volume : Given.list(plain.volumes())) {
      Volume.Builder one = Volume.builder().name(name());
      switch (random.nextInt(6)) {
        case 0 -> one.host(volume.host());
        case 1 -> one.efsVolumeConfiguration(efs(volume));
        case 2 -> one.s3filesVolumeConfiguration(volume.s3filesVolumeConfiguration());
        case 3 ->
            one.fsxWindowsFileServerVolumeConfiguration(
                volume.fsxWindowsFileServerVolumeConfiguration());
        case 4 -> one.configuredAtLaunch(true);
        default -> {
          if (volume.dockerVolumeConfiguration() != null) {
            one.dockerVolumeConfiguration(
                volume.dockerVolumeConfiguration().toBuilder().scope("shared").build());
          }
        }
      }
      volumes.add(one.build());
    }
    return volumes;
  }

  private static dev.longshore.shapes.ecs.@Nullable EFSVolumeConfiguration efs(Volume volume) {
    return volume.efsVolumeConfiguration() == null
        ? null
        : volume.efsVolumeConfiguration().toBuilder().transitEncryption("ENABLED").build();
  }

  private ProxyConfiguration proxy(List<ContainerDefinition> containers) {
    return ProxyConfiguration.builder()
        .type(optional("APPMESH"))
        .containerName(containers.getFirst().name())
        .properties(
            List.of(
                new KeyValuePair(some("IgnoredUID", "IgnoredGID"), "1337"),
                new KeyValuePair("AppPorts", "80,81"),
                new KeyValuePair("ProxyIngressPort", "15000"),
                new KeyValuePair("ProxyEgressPort", "15001")))
        .build();
  }

  /** The first is essential and mounts every volume; each may wait for the one before. */
  private List<ContainerDefinition> containers(
      RegisterTaskDefinitionRequest plain, List<Volume> volumes) {
    List<ContainerDefinition> containers = new ArrayList<>();
    for (ContainerDefinition container : plain.containerDefinitions()) {
      boolean first = containers.isEmpty();
      ContainerDefinition.Builder one = container.toBuilder();
      one.name(name()).image(some("busybox", "localhost:5000/a/b:1.2"));
      one.essential(first ? optional(true) : container.essential());
      one.memory(container.memory() == null ? Integer.valueOf(256) : container.memory());
      one.mountPoints(first ? mounts(volumes) : container.mountPoints() == null ? null : List.of());
      one.portMappings(ports(plain.networkMode(), 1000 * (containers.size() + 1)));
      one.resourceRequirements(optional(List.of(new ResourceRequirement("1", "GPU"))));
      one.logConfiguration(log(container.logConfiguration(), first));
      one.firelensConfiguration(first ? router() : null);
      network(one, plain, container);
      ContainerDefinition before = first ? null : containers.getLast();
      one.dependsOn(before == null ? null : dependsOn(before));
      one.volumesFrom(
          before == null ? null : optional(List.of(new VolumeFrom(before.name(), true))));
      boolean bridge = plain.networkMode() == null || plain.networkMode().equals("bridge");
      one.links(before == null || !bridge ? null : optional(List.of(before.name() + ":" + name())));
      containers.add(one.build());
    }
    return containers;
  }

  private List<MountPoint> mounts(List<Volume> volumes) {
    return volumes.stream()
        .map(volume -> new MountPoint(volume.name(), '/' + name(), random.nextBoolean()))
        .toList();
  }

  private void network(
      ContainerDefinition.Builder one,
      RegisterTaskDefinitionRequest plain,
      ContainerDefinition container) {
    if ("awsvpc".equals(plain.networkMode())) {
      one.hostname(null).disableNetworking(null).dnsServers(null).dnsSearchDomains(null);
      one.extraHosts(null);
    }
    String namespace =
        "host".equals(plain.networkMode())
            ? "host".equals(plain.ipcMode()) ? "user.max" : "kernel.msgmax"
            : "net.core.somaxconn";
    one.systemControls(
        container.systemControls() == null ? null : List.of(new SystemControl(namespace, "1024")));
  }

  private @Nullable List<PortMapping> ports(@Nullable String networkMode, int base) {
    if ("none".equals(networkMode) || random.nextInt(4) == 0) {
      return null;
    }
    List<PortMapping> ports = new ArrayList<>();
    PortMapping.Builder single = PortMapping.builder().containerPort(base);
    boolean bridge = networkMode == null || networkMode.equals("bridge");
    single.hostPort(optional(bridge ? 30_000 + random.nextInt(1000) : base));
    single.protocol(optional(some("tcp", "udp")));
    if (random.nextBoolean()) {
      single.name(name()).appProtocol(optional(some("http", "http2", "grpc")));
    }
    ports.add(single.build());
    if (!"host".equals(networkMode) && random.nextBoolean()) {
      String range = (base + 10) + "-" + (base + 20);
      ports.add(PortMapping.builder().containerPortRange(range).name(name()).build());
    }
    return ports;
  }

  private @Nullable LogConfiguration log(@Nullable LogConfiguration log, boolean router) {
    if (log == null) {
      return null;
    }
    Map<String, String> options =
        new LinkedHashMap<>(log.options() == null ? Map.of() : log.options());
    options.put("awslogs-region", "us-east-1");
    options.put("awslogs-group", name());
    String driver = log.logDriver().equals("awsfirelens") && !router ? "syslog" : log.logDriver();
    return log.toBuilder().logDriver(driver).options(options).build();
  }

  private FirelensConfiguration router() {
    return FirelensConfiguration.builder()
        .type(some("fluentd", "fluentbit"))
        .options(Map.of("config-file-type", "file", "config-file-value", "/" + name()))
        .build();
  }

  private List<ContainerDependency> dependsOn(ContainerDefinition before) {
    String name = requireNonNull(before.name());
    if (before.healthCheck() != null) {
      return List.of(new ContainerDependency(name, "HEALTHY"));
    }
    boolean ends = Boolean.FALSE.equals(before.essential());
    return List.of(
        new ContainerDependency(name, ends ? some("COMPLETE", "SUCCESS", "START") : "START"));
  }
}
