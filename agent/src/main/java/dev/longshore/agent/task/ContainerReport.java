package dev.longshore.agent.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's entry in a report: what it was when it changed. */
public record ContainerReport(
    String containerName,
    @Nullable String runtimeId,
    String status,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable String imageDigest,
    List<NetworkBinding> networkBindings) {}
