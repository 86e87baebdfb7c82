package dev.longshore.core.model;

import dev.longshore.shapes.ecs.NetworkConfiguration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One rollout of a service's specification; its id is the {@code startedBy} of its tasks.
 *
 * @param id {@code ecs-svc/} and 19 digits
 * @param status {@code PRIMARY} for the newest, {@code ACTIVE} for an older one with tasks left
 * @param failedTasks tasks in a row that failed to start
 * @param rolloutState {@code IN_PROGRESS}, {@code COMPLETED} or {@code FAILED}
 * @param retryAt before this time no task is started, because tasks keep failing; null: at once
 */
public record Deployment(
    String id,
    String status,
    String taskDefinitionArn,
    @Nullable NetworkConfiguration networkConfiguration,
    int failedTasks,
    String rolloutState,
    String rolloutStateReason,
    @Nullable Instant retryAt,
    Instant createdAt,
    Instant updatedAt) {}
