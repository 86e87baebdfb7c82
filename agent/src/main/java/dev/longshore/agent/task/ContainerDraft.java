package dev.longshore.agent.task;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A container's row while one step edits it. */
final class ContainerDraft {
  final ContainerSpec spec;
  final String dockerName;
  final String endpointId;
  ContainerStatus known;
  DesiredStatus desired;
  Work work;
  @Nullable String dockerId;
  @Nullable String imageDigest;
  @Nullable Integer exitCode;
  @Nullable String reason;
  @Nullable Instant startedAt;
  @Nullable Instant endedRun;
  int restarts;
  HealthStatus health;
  @Nullable Instant healthSince;
  List<NetworkBinding> bindings;
  String networkMode;
  @Nullable Instant retryAt;
  boolean removed;
  @Nullable ContainerView view;

  ContainerDraft(ContainerSpec spec, String dockerName, String endpointId) {
    this.spec = spec;
    this.dockerName = dockerName;
    this.endpointId = endpointId;
    known = ContainerStatus.NONE;
    desired = DesiredStatus.RUNNING;
    work = Work.NONE;
    health = HealthStatus.UNKNOWN;
    bindings = List.of();
    networkMode = "";
  }

  ContainerDraft(ContainerRow row) {
    spec = row.spec();
    dockerName = row.dockerName();
    endpointId = row.endpointId();
    known = row.known();
    desired = row.desired();
    work = row.work();
    dockerId = row.dockerId();
    imageDigest = row.imageDigest();
    exitCode = row.exitCode();
    reason = row.reason();
    startedAt = row.startedAt();
    endedRun = row.endedRun();
    restarts = row.restarts();
    health = row.health();
    healthSince = row.healthSince();
    bindings = row.bindings();
    networkMode = row.networkMode();
    retryAt = row.retryAt();
    removed = row.removed();
    view = row.view();
  }

  ContainerRow row() {
    return new ContainerRow(
        spec,
        known,
        desired,
        work,
        dockerName,
        endpointId,
        dockerId,
        imageDigest,
        exitCode,
        reason,
        startedAt,
        endedRun,
        restarts,
        health,
        healthSince,
        bindings,
        networkMode,
        retryAt,
        removed,
        view);
  }

  String name() {
    return spec.name();
  }

  boolean stopped() {
    return known == ContainerStatus.STOPPED;
  }

  /** Moves forward, never back; says whether it moved. */
  boolean reach(ContainerStatus status) {
    if (known.atLeast(status)) {
      return false;
    }
    known = status;
    return true;
  }

  ContainerReport report() {
    return new ContainerReport(
        name(),
        known.atLeast(ContainerStatus.CREATED) ? dockerId : null,
        known.reported(),
        exitCode,
        reason == null ? null : Reasons.cut(reason),
        imageDigest,
        bindings);
  }

  /** How Amazon's agent writes a container into the reason of another one. */
  @Override
  public String toString() {
    return name()
        + "("
        + spec.image()
        + ") ("
        + known
        + "->"
        + desired
        + ")"
        + (exitCode == null ? "" : " - Exit: " + exitCode);
  }
}
