package dev.longshore.agent.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane is to be told of a task. Reports of one task are delivered in the order of
 * their numbers, one at a time.
 */
public record TaskReport(
    String taskArn,
    long number,
    String status,
    String reason,
    List<ContainerReport> containers,
    @Nullable Instant pullStartedAt,
    @Nullable Instant pullStoppedAt,
    @Nullable Instant executionStoppedAt) {}
