package dev.longshore.agent.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as its payload describes it, secrets left out: role credentials live in memory only, and
 * are asked for again after a restart.
 *
 * @param cpu vCPU (0.25 is a quarter of a core); 0 when the task has no limit of its own
 * @param memory MiB; 0 when the task has no limit of its own
 * @param unsupported what the payload asks for that this agent cannot give, or null
 */
public record TaskSpec(
    String arn,
    @Nullable String taskClusterArn,
    String family,
    String version,
    String networkMode,
    @Nullable String launchType,
    @Nullable String serviceName,
    double cpu,
    int memory,
    @Nullable String pidMode,
    @Nullable String ipcMode,
    @Nullable String roleCredentialsId,
    @Nullable String executionRoleCredentialsId,
    List<ContainerSpec> containers,
    List<VolumeSpec> volumes,
    @Nullable String unsupported) {

  /** The last segment of the ARN. */
  public String id() {
    return arn.substring(arn.lastIndexOf('/') + 1);
  }
}
