package dev.longshore.core.model;

import dev.longshore.shapes.ecs.NetworkBinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a task, as its agent last reported it.
 *
 * @param lastStatus {@code PENDING}, {@code RUNNING} or {@code STOPPED}
 * @param runtimeId the container engine's id
 * @param exitCode absent while it runs or if it never started
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
    List<String> gpuIds) {}
