package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.PortMapping;
import dev.longshore.agent.task.Dependencies.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes a task as far as it can go now: what is missing is asked for, once. */
final class TaskProgress {
  /** How long a task may wait for its last report to be taken before it is forgotten anyway. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(3);

  /** The exit code shown for a container whose dependencies failed, so that it never ran. */
  private static final int DEPENDENCY_FAILED = 143;

  private final Turn turn;
  private final TaskDraft task;

  TaskProgress(Turn turn, TaskDraft task) {
    this.turn = turn;
    this.task = task;
  }

  void advance() {
    fetchSecrets();
    boolean moved = true;
    while (moved) {
      decideEnd();
      moved = false;
      for (ContainerDraft container : task.containers) {
        moved |= move(container);
      }
      Reports.settle(turn, task);
    }
    if (task.admitted && task.desired == DesiredStatus.RUNNING) {
      createVolumes();
    }
    dropSecrets();
    Reports.deliver(turn, task);
    if (task.known == TaskStatus.STOPPED && cleanupDue()) {
      cleanUp();
    }
  }

  private boolean needsSecrets() {
    return task.containers.stream()
        .anyMatch(container ->
            !container.known.atLeast(ContainerStatus.CREATED) && container.spec.needsSecrets());
  }

  private void fetchSecrets() {
    if (task.secrets == SecretsState.MISSING
        && task.admitted
        && task.desired == DesiredStatus.RUNNING
        && needsSecrets()) {
      task.secrets = SecretsState.ASKED;
      turn.effects.add(
          new Effect.FetchSecrets(
              task.arn(), task.spec.executionRoleCredentialsId(), task.spec.containers()));
    }
  }

  /** Values are in memory for no longer than containers are being made. */
  private void dropSecrets() {
    boolean fetched = task.secrets == SecretsState.READY || task.secrets == SecretsState.ASKED;
    if (fetched && (task.desired == DesiredStatus.STOPPED || !needsSecrets())) {
      task.secrets = SecretsState.DROPPED;
      turn.effects.add(new Effect.DropSecrets(task.arn()));
    }
  }

  private void decideEnd() {
    if (task.containers.stream().anyMatch(Reports::isEndOfTask)
        || task.containers.stream().allMatch(ContainerDraft::stopped)) {
      task.desired = DesiredStatus.STOPPED;
    }
    if (task.desired == DesiredStatus.STOPPED) {
      task.containers.forEach(container -> container.desired = DesiredStatus.STOPPED);
    }
  }

  /** Says whether the container's status changed, so that others may have to move too. */
  private boolean move(ContainerDraft container) {
    if (container.stopped()) {
      if (container.view != null && container.view.running()) {
        // Somebody started it again, or a start that was given up on came through after all.
        stopProcess(container);
      }
      return false;
    }
    if (container.desired == DesiredStatus.STOPPED) {
      return windDown(container);
    }
    return task.admitted && container.work == Work.NONE && bringUp(container);
  }

  private boolean windDown(ContainerDraft container) {
    if (container.known == ContainerStatus.RUNNING && container.work == Work.NONE) {
      if (container.view != null && ended(container)) {
        // It was to be restarted; now its last end is the final one.
        container.exitCode = container.view.exitCode();
        stopped(turn, task, container);
        return true;
      }
      if (Dependencies.mayStop(task, container)) {
        stopProcess(container);
      }
      return false;
    }
    if (container.known == ContainerStatus.RUNNING
        || container.work == Work.CREATE
        || container.work == Work.START) {
      return false;
    }
    stopped(turn, task, container);
    return true;
  }

  /** The container runs as far as anybody was told, but its process has ended: a restart is due. */
  private static boolean ended(ContainerDraft container) {
    ContainerView view = container.view;
    return view != null
        && view.exited()
        && container.endedRun != null
        && container.endedRun.equals(view.startedAt());
  }

  private void stopProcess(ContainerDraft container) {
    boolean idle = container.work == Work.NONE && !turn.now.isBefore(orPast(container.retryAt));
    if (!idle || container.dockerId == null) {
      return;
    }
    int own = container.spec.stopTimeout();
    Duration timeout = own > 0 ? Duration.ofSeconds(own) : turn.settings.stopTimeout();
    if (turn.evacuation != null && turn.evacuation.compareTo(timeout) < 0) {
      timeout = turn.evacuation;
    }
    container.work = Work.STOP;
    turn.effects.add(
        new Effect.StopContainer(task.arn(), container.name(), container.dockerId, timeout));
  }

  private static Instant orPast(@Nullable Instant time) {
    return time == null ? Instant.MIN : time;
  }

  private boolean bringUp(ContainerDraft container) {
    if (task.secrets == SecretsState.ASKED && !container.known.atLeast(ContainerStatus.CREATED)) {
      return false;
    }
    return switch (container.known) {
      case NONE -> {
        container.work = Work.MANIFEST;
        turn.effects.add(
            new Effect.ResolveManifest(task.arn(), container.name(), image(container)));
        yield false;
      }
      case MANIFEST_PULLED -> pull(container);
      case PULLED -> task.volumes.stream().allMatch(VolumeRow::ready) && create(container);
      case CREATED -> {
        start(container);
        yield false;
      }
      case RUNNING -> {
        if (ended(container)) {
          start(container);
        }
        yield false;
      }
      case STOPPED -> false;
    };
  }

  private Effect.ImageRequest image(ContainerDraft container) {
    return new Effect.ImageRequest(
        container.spec.image(),
        container.spec.registryAuthentication(),
        task.spec.executionRoleCredentialsId());
  }

  private boolean pull(ContainerDraft container) {
    return switch (Dependencies.verdict(task, container, turn.now)) {
      case Verdict.Wait wait -> false;
      case Verdict.Ready ready -> {
        container.work = Work.PULL;
        turn.effects.add(new Effect.PullImage(task.arn(), container.name(), image(container)));
        yield false;
      }
      case Verdict.Never(String reason) -> {
        container.exitCode = DEPENDENCY_FAILED;
        container.reason = Reasons.cannotStart(reason);
        stopped(turn, task, container);
        yield true;
      }
    };
  }

  private boolean create(ContainerDraft container) {
    try {
      Optional<Map<PortMapping, Integer>> ranges =
          Bindings.pick(container.spec, turn.settings, turn.heldPorts());
      if (ranges.isEmpty()) {
        throw new ContainerConfig.InvalidConfigException(
            Reasons.hostConfig("no free host ports for the container port range"));
      }
      ContainerConfig config = ContainerConfig.of(task, container, turn.settings, ranges.get());
      container.bindings = Bindings.planned(turn.settings, ranges.get());
      container.networkMode = config.networkMode();
      container.work = Work.CREATE;
      turn.effects.add(
          new Effect.CreateContainer(
              task.arn(),
              container.name(),
              container.dockerName,
              config.config(),
              config.hostConfig()));
      return false;
    } catch (ContainerConfig.InvalidConfigException e) {
      container.reason = e.getMessage();
      stopped(turn, task, container);
      return true;
    }
  }

  void start(ContainerDraft container) {
    if (container.dockerId != null) {
      container.work = Work.START;
      turn.effects.add(
          new Effect.StartContainer(
              task.arn(), container.name(), container.dockerId, container.networkMode));
    }
  }

  private void createVolumes() {
    for (int i = 0; i < task.volumes.size(); i++) {
      VolumeRow volume = task.volumes.get(i);
      if (volume.ready() || volume.asked()) {
        continue;
      }
      VolumeSpec spec = volume.spec();
      task.volumes.set(i, volume.withAsked(true));
      turn.effects.add(
          new Effect.CreateVolume(
              task.arn(),
              spec.name(),
              volume.dockerName(),
              spec.shared() && !spec.autoprovision(),
              spec.driver(),
              spec.driverOptions(),
              spec.labels()));
    }
  }

  /** The container has come to its end; what it was reported with before stays. */
  static void stopped(Turn turn, TaskDraft task, ContainerDraft container) {
    container.known = ContainerStatus.STOPPED;
    container.desired = DesiredStatus.STOPPED;
    container.work = Work.NONE;
    container.retryAt = null;
    if (container.spec.essential() && task.executionStoppedAt == null) {
      ContainerView view = container.view;
      task.executionStoppedAt =
          view != null && view.exited() && view.finishedAt() != null ? view.finishedAt() : turn.now;
    }
    Reports.note(turn, task, container);
  }

  private boolean cleanupDue() {
    return turn.evacuation != null || turn.due(cleanupAt(turn, task));
  }

  private static @Nullable Instant cleanupAt(Turn turn, TaskDraft task) {
    if (task.stoppedAt == null) {
      return null;
    }
    return task.stoppedAt.plus(task.outbox.isEmpty() ? turn.settings.cleanupWait() : LONGEST_WAIT);
  }

  private void cleanUp() {
    for (ContainerDraft container : task.containers) {
      if (container.dockerId == null) {
        container.removed = true;
      }
      boolean idle = container.work == Work.NONE && !turn.now.isBefore(orPast(container.retryAt));
      if (!container.removed && idle && container.dockerId != null) {
        container.work = Work.REMOVE;
        turn.effects.add(
            new Effect.RemoveContainer(task.arn(), container.name(), container.dockerId));
      }
    }
    if (task.containers.stream().allMatch(container -> container.removed)) {
      removeVolumes();
    }
  }

  private void removeVolumes() {
    boolean left = false;
    for (int i = 0; i < task.volumes.size(); i++) {
      VolumeRow volume = task.volumes.get(i);
      if (!volume.removable() || !(volume.ready() || volume.asked())) {
        continue;
      }
      left = true;
      if (!volume.asked()) {
        task.volumes.set(i, volume.withAsked(true));
        turn.effects.add(
            new Effect.RemoveVolume(task.arn(), volume.spec().name(), volume.dockerName()));
      }
    }
    boolean told = task.outbox.isEmpty() || turn.due(cleanupAt(turn, task));
    if (!left && told) {
      task.forgotten = true;
      if (task.spec.executionRoleCredentialsId() != null) {
        turn.effects.add(new Effect.DropCredentials(task.spec.executionRoleCredentialsId()));
      }
    }
  }

  /** When the task is to be looked at again though nothing has happened to it. */
  static @Nullable Instant wakeAt(Turn turn, TaskDraft task) {
    Instant earliest = task.flushAt;
    for (ContainerDraft container : task.containers) {
      if (container.retryAt != null && container.retryAt.isAfter(turn.now)) {
        earliest = Dependencies.earlier(earliest, container.retryAt);
      }
      if (container.known == ContainerStatus.MANIFEST_PULLED && task.admitted) {
        earliest = Dependencies.earlier(earliest, Dependencies.deadline(task, container));
      }
    }
    if (task.known == TaskStatus.STOPPED) {
      Instant cleanup = cleanupAt(turn, task);
      if (cleanup != null && cleanup.isAfter(turn.now)) {
        earliest = Dependencies.earlier(earliest, cleanup);
      }
    }
    return earliest;
  }
}
