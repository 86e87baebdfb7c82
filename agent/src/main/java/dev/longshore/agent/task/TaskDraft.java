package dev.longshore.agent.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task's row while one step edits it. */
final class TaskDraft {
  TaskSpec spec;
  final long order;
  final List<ContainerDraft> containers = new ArrayList<>();
  final List<VolumeRow> volumes;
  final List<ContainerReport> changes;
  final List<TaskReport> outbox;
  DesiredStatus desired = DesiredStatus.RUNNING;
  TaskStatus known = TaskStatus.NONE;
  boolean admitted;
  String reason = "";
  @Nullable Instant pullStartedAt;
  @Nullable Instant pullStoppedAt;
  @Nullable Instant executionStoppedAt;
  @Nullable Instant stoppedAt;
  @Nullable Instant flushAt;
  long reports;
  boolean sending;
  boolean forgotten;
  SecretsState secrets = SecretsState.MISSING;

  TaskDraft(TaskSpec spec, long order) {
    this.spec = spec;
    this.order = order;
    volumes = new ArrayList<>();
    changes = new ArrayList<>();
    outbox = new ArrayList<>();
  }

  TaskDraft(TaskRow row) {
    spec = row.spec();
    order = row.order();
    row.containers().forEach(container -> containers.add(new ContainerDraft(container)));
    volumes = new ArrayList<>(row.volumes());
    changes = new ArrayList<>(row.changes());
    outbox = new ArrayList<>(row.outbox());
    desired = row.desired();
    known = row.known();
    admitted = row.admitted();
    reason = row.reason();
    pullStartedAt = row.pullStartedAt();
    pullStoppedAt = row.pullStoppedAt();
    executionStoppedAt = row.executionStoppedAt();
    stoppedAt = row.stoppedAt();
    flushAt = row.flushAt();
    reports = row.reports();
    sending = row.sending();
    secrets = row.secrets() == null ? SecretsState.MISSING : row.secrets();
  }

  TaskRow row(@Nullable Instant wakeAt) {
    return new TaskRow(
        spec,
        desired,
        known,
        order,
        admitted,
        reason,
        containers.stream().map(ContainerDraft::row).toList(),
        List.copyOf(volumes),
        pullStartedAt,
        pullStoppedAt,
        executionStoppedAt,
        stoppedAt,
        List.copyOf(changes),
        flushAt,
        List.copyOf(outbox),
        reports,
        sending,
        wakeAt,
        secrets == SecretsState.MISSING ? null : secrets);
  }

  String arn() {
    return spec.arn();
  }

  Optional<ContainerDraft> container(String name) {
    return containers.stream().filter(c -> c.name().equals(name)).findFirst();
  }
}
