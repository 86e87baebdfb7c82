package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A machine that joined a cluster with its agent. What its tasks use of it is not here but in the
 * total {@link Task#USAGE}, so that placing a task does not rewrite this row.
 *
 * @param status {@code ACTIVE}, {@code DRAINING} or {@code INACTIVE} (deregistered)
 * @param agentConnected whether the agent's session is open; changed only on a transition
 * @param attributes built-in, capability and custom ones, with the instance as it registered them
 * @param customAttributes names of the attributes a user put, at most ten
 * @param cpu registered CPU units, 1024 a vCPU
 * @param memory registered MiB
 * @param reservedPorts ports that the instance keeps from tasks
 * @param gpus ids of its GPUs
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
    List<Attribute> attributes,
    List<String> customAttributes,
    int cpu,
    int memory,
    List<HostPort> reservedPorts,
    List<String> gpus,
    @Nullable VersionInfo versionInfo,
    String launchType,
    Instant registeredAt,
    List<Tag> tags,
    long version) {
  /** Keyed by ARN. */
  public static final Kind<ContainerInstance> KIND =
      Kind.of("containerInstance", ContainerInstance.class, ContainerInstance::arn);

  /** Buckets by cluster ARN; INACTIVE ones included. */
  public static final Index<ContainerInstance> BY_CLUSTER =
      KIND.index("cluster", ContainerInstance::clusterArn);

  /** Buckets {@code clusterArn status}. */
  public static final Index<ContainerInstance> BY_CLUSTER_STATUS =
      KIND.index("clusterStatus", row -> row.clusterArn() + ' ' + row.status());

  /** The value of an attribute: "" where it has a name only, null where it is absent. */
  public @Nullable String attribute(String name) {
    for (Attribute attribute : attributes) {
      if (name.equals(attribute.name())) {
        String value = attribute.value();
        return value == null ? "" : value;
      }
    }
    return null;
  }
}
