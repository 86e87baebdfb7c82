package dev.longshore.core.model;

import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes the fields of a container instance that may change after it registered. */
public final class ContainerInstanceEditor {
  private final ContainerInstance from;
  private String status;
  private boolean agentConnected;
  private @Nullable Instant connectedAt;
  private List<Attribute> attributes;
  private List<String> customAttributes;
  private int cpu;
  private int memory;
  private List<HostPort> reservedPorts;
  private List<String> gpus;
  private int networkInterfaces;
  private @Nullable VersionInfo versionInfo;
  private List<Tag> tags;
  private List<InstanceHealthCheckResult> health;
  private @Nullable Instant deregisteredAt;

  ContainerInstanceEditor(ContainerInstance row) {
    from = row;
    status = row.status();
    agentConnected = row.agentConnected();
    connectedAt = row.connectedAt();
    attributes = row.attributes();
    customAttributes = row.customAttributes();
    cpu = row.cpu();
    memory = row.memory();
    reservedPorts = row.reservedPorts();
    gpus = row.gpus();
    networkInterfaces = row.networkInterfaces();
    versionInfo = row.versionInfo();
    tags = row.tags();
    health = row.health();
    deregisteredAt = row.deregisteredAt();
  }

  public ContainerInstanceEditor status(String value) {
    status = value;
    return this;
  }

  /** The agent's session was opened at that time. */
  public ContainerInstanceEditor connected(Instant at) {
    agentConnected = true;
    connectedAt = at;
    return this;
  }

  /** The agent's session was closed. */
  public ContainerInstanceEditor disconnected() {
    agentConnected = false;
    return this;
  }

  public ContainerInstanceEditor attributes(List<Attribute> all, List<String> custom) {
    attributes = all;
    customAttributes = custom;
    return this;
  }

  /** What the instance has to give. */
  public ContainerInstanceEditor resources(
      int cpuUnits, int memoryMiB, List<HostPort> reserved, List<String> gpuIds, int interfaces) {
    cpu = cpuUnits;
    memory = memoryMiB;
    reservedPorts = reserved;
    gpus = gpuIds;
    networkInterfaces = interfaces;
    return this;
  }

  public ContainerInstanceEditor versionInfo(@Nullable VersionInfo value) {
    versionInfo = value;
    return this;
  }

  public ContainerInstanceEditor tags(List<Tag> value) {
    tags = value;
    return this;
  }

  public ContainerInstanceEditor health(List<InstanceHealthCheckResult> value) {
    health = value;
    return this;
  }

  /** It left the cluster at that time. */
  public ContainerInstanceEditor deregistered(Instant at) {
    status = ContainerInstance.INACTIVE;
    agentConnected = false;
    deregisteredAt = at;
    return this;
  }

  /** The changed container instance, one version on. */
  public ContainerInstance build() {
    return new ContainerInstance(
        from.arn(),
        from.id(),
        from.clusterArn(),
        from.ec2InstanceId(),
        status,
        from.statusReason(),
        agentConnected,
        connectedAt,
        attributes,
        customAttributes,
        cpu,
        memory,
        reservedPorts,
        gpus,
        networkInterfaces,
        versionInfo,
        from.launchType(),
        from.registeredAt(),
        tags,
        health,
        deregisteredAt,
        from.version() + 1);
  }
}
