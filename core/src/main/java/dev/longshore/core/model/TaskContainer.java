package dev.longshore.core.model;

import dev.longshore.shapes.ecs.NetworkBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a task, as its agent last reported it.
 *
 * @param lastStatus {@code PENDING}, {@code RUNNING} or {@code STOPPED}
 * @param runtimeId the container engine's id
 * @param exitCode absent if it never started; an agent may tell it with the last RUNNING report
 * @param reason at most 1024 characters
 * @param healthStatus {@code UNKNOWN}, {@code HEALTHY} or {@code UNHEALTHY}
 * @param cpu CPU units after overrides
 * @param memory hard limit in MiB after overrides
 * @param memoryReservation soft limit in MiB after overrides
 * @param gpuIds the GPUs pinned to it
 */
public record TaskContainer(
    String arn,
    String name,
    String image,
    boolean essential,
    String lastStatus,
    @Nullable String runtimeId,
    @Nullable String imageDigest,
    @Nullable Integer exitCode,
    @Nullable String reason,
    String healthStatus,
    boolean hasHealthCheck,
    List<NetworkBinding> networkBindings,
    int cpu,
    @Nullable Integer memory,
    @Nullable Integer memoryReservation,
    List<String> gpuIds) {
  /** With what an agent reports of it; null leaves as it is. */
  public TaskContainer reported(
      String status,
      @Nullable String newRuntimeId,
      @Nullable String newImageDigest,
      @Nullable Integer newExitCode,
      @Nullable String newReason,
      @Nullable List<NetworkBinding> newNetworkBindings) {
    return new TaskContainer(
        arn,
        name,
        image,
        essential,
        status,
        newRuntimeId == null ? runtimeId : newRuntimeId,
        newImageDigest == null ? imageDigest : newImageDigest,
        newExitCode == null ? exitCode : newExitCode,
        newReason == null ? reason : newReason,
        healthStatus,
        hasHealthCheck,
        newNetworkBindings == null ? networkBindings : newNetworkBindings,
        cpu,
        memory,
        memoryReservation,
        gpuIds);
  }

  public TaskContainer withHealthStatus(String status) {
    return new TaskContainer(
        arn,
        name,
        image,
        essential,
        lastStatus,
        runtimeId,
        imageDigest,
        exitCode,
        reason,
        status,
        hasHealthCheck,
        networkBindings,
        cpu,
        memory,
        memoryReservation,
        gpuIds);
  }

  public boolean isStopped() {
    return lastStatus.equals("STOPPED");
  }
}
