package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine that joined a cluster with its agent. What its tasks use of it is not here but in the
 * total {@link Task#USAGE}, so that placing a task does not rewrite this row.
 *
 * @param status {@code ACTIVE}, {@code DRAINING} or {@code INACTIVE} (deregistered)
 * @param agentConnected whether the agent's session is open; changed only on a transition
 * @param connectedAt when the agent's session was last opened; null if it never was
 * @param attributes built-in, capability and custom ones, sorted by name, no name twice
 * @param customAttributes names of the attributes a user put, at most ten
 * @param cpu registered CPU units, 1024 a vCPU
 * @param memory registered MiB
 * @param reservedPorts ports that the instance keeps from tasks
 * @param gpus ids of its GPUs
 * @param networkInterfaces how many tasks may have an interface of their own
 * @param health what the instance's agent last said about the instance's own health
 * @param deregisteredAt when it became INACTIVE
 * @param version counts the changes of this row that users can see
 */
public record ContainerInstance(
    String arn,
    String id,
    String clusterArn,
    @Nullable String ec2InstanceId,
    String status,
    @Nullable String statusReason,
    boolean agentConnected,
    @Nullable Instant connectedAt,
    List<Attribute> attributes,
    List<String> customAttributes,
    int cpu,
    int memory,
    List<HostPort> reservedPorts,
    List<String> gpus,
    int networkInterfaces,
    @Nullable VersionInfo versionInfo,
    String launchType,
    Instant registeredAt,
    List<Tag> tags,
    List<InstanceHealthCheckResult> health,
    @Nullable Instant deregisteredAt,
    long version) {
  private static final int MACHINE_DIGITS = 17;

  public static final String ACTIVE = "ACTIVE";
  public static final String DRAINING = "DRAINING";
  public static final String INACTIVE = "INACTIVE";

  /** Keyed by ARN; so the instances of a cluster stand side by side. */
  public static final Kind<ContainerInstance> KIND =
      Kind.of("containerInstance", ContainerInstance.class, ContainerInstance::arn);

  /** Buckets by cluster ARN; INACTIVE ones included. */
  public static final Index<ContainerInstance> BY_CLUSTER =
      KIND.index("cluster", ContainerInstance::clusterArn);

  /** Buckets {@code clusterArn status}. */
  public static final Index<ContainerInstance> BY_CLUSTER_STATUS =
      KIND.index("clusterStatus", row -> row.clusterArn() + ' ' + row.status());

  /** Buckets by {@link #machineId}, of those that are not INACTIVE. */
  public static final Index<ContainerInstance> BY_EC2_ID =
      KIND.index("ec2Id", row -> row.status().equals(INACTIVE) ? null : row.machineId());

  private static final Comparator<Attribute> BY_NAME = Comparator.comparing(Attribute::name);

  /** Sorts the attributes, so that placement finds one of sixty in six steps. */
  public ContainerInstance {
    attributes = attributes.stream().sorted(BY_NAME).toList();
  }

  /**
   * The id under which load balancers know it: that of its EC2 instance, and where there is none,
   * one that is made from its own.
   */
  public String machineId() {
    return ec2InstanceId != null
        ? ec2InstanceId
        : "i-" + id.substring(0, Math.min(id.length(), MACHINE_DIGITS));
  }

  /** The value of an attribute: "" where it has a name only, null where it is absent. */
  public @Nullable String attribute(String name) {
    int low = 0;
    int high = attributes.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Attribute attribute = attributes.get(middle);
      int order = attribute.name().compareTo(name);
      if (order == 0) {
        String value = attribute.value();
        return value == null ? "" : value;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return null;
  }

  /** The zone it stands in, or null where it never said. */
  public @Nullable String availabilityZone() {
    return attribute("ecs.availability-zone");
  }

  public boolean isActive() {
    return status.equals(ACTIVE);
  }

  public boolean isInactive() {
    return status.equals(INACTIVE);
  }

  /** A copy to change; {@link ContainerInstanceEditor#build} counts the version up. */
  public ContainerInstanceEditor edit() {
    return new ContainerInstanceEditor(this);
  }
}
