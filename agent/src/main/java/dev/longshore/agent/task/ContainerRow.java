package dev.longshore.agent.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container of a task as the agent knows it.
 *
 * @param dockerName fixed before the engine is asked to create it, so that a container made just
 *     before a crash is found again
 * @param endpointId unguessable id of its task metadata endpoint
 * @param startedAt when its last known run began
 * @param endedRun when the run began whose end has been dealt with; an old view of that run is
 *     thereby recognised
 * @param networkMode as asked of the engine; empty before that
 * @param retryAt when an operation that failed may be tried again
 * @param view what the container engine said last
 */
public record ContainerRow(
    ContainerSpec spec,
    ContainerStatus known,
    DesiredStatus desired,
    Work work,
    String dockerName,
    String endpointId,
    @Nullable String dockerId,
    @Nullable String imageDigest,
    @Nullable Integer exitCode,
    @Nullable String reason,
    @Nullable Instant startedAt,
    @Nullable Instant endedRun,
    int restarts,
    HealthStatus health,
    @Nullable Instant healthSince,
    List<NetworkBinding> bindings,
    String networkMode,
    @Nullable Instant retryAt,
    boolean removed,
    @Nullable ContainerView view) {

  public String name() {
    return spec.name();
  }
}
