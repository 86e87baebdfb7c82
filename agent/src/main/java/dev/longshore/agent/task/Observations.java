package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.RestartPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What the container engine says or has done, taken into the rows. */
final class Observations {
  /** How long an operation that the engine refused waits for its next attempt. */
  private static final Duration RETRY = Duration.ofMinutes(1);

  private static final int KILLED = 137;

  private final Turn turn;

  Observations(Turn turn) {
    this.turn = turn;
  }

  void manifestResolved(TaskDraft task, ContainerDraft container, Event.ManifestResolved event) {
    done(container, Work.MANIFEST);
    if (container.reach(ContainerStatus.MANIFEST_PULLED) && event.digest() != null) {
      container.imageDigest = event.digest();
      Reports.note(turn, task, container);
    }
  }

  void imagePulled(TaskDraft task, ContainerDraft container, Event.ImagePulled event) {
    done(container, Work.PULL);
    if (event.startedAt() != null) {
      task.pullStartedAt = Dependencies.earlier(task.pullStartedAt, event.startedAt());
    }
    Instant stopped = event.stoppedAt();
    if (stopped != null && (task.pullStoppedAt == null || stopped.isAfter(task.pullStoppedAt))) {
      task.pullStoppedAt = stopped;
    }
    container.reach(ContainerStatus.PULLED);
  }

  void created(ContainerDraft container, String dockerId) {
    done(container, Work.CREATE);
    container.dockerId = dockerId;
    container.reach(ContainerStatus.CREATED);
  }

  void stepFailed(TaskDraft task, ContainerDraft container, Event.StepFailed event) {
    done(container, event.step());
    if (!container.stopped()) {
      container.reason = event.reason();
      container.bindings = container.startedAt == null ? List.of() : container.bindings;
      TaskProgress.stopped(turn, task, container);
    }
  }

  void started(TaskDraft task, ContainerDraft container, ContainerView view) {
    done(container, Work.START);
    observe(task, container, view);
  }

  void vanished(TaskDraft task, ContainerDraft container) {
    if (container.work == Work.REMOVE) {
      container.work = Work.NONE;
    }
    if (container.stopped()) {
      container.removed = true;
      container.view = null;
    } else if (container.known.atLeast(ContainerStatus.CREATED)) {
      container.removed = true;
      container.view = null;
      container.reason = Reasons.VANISHED;
      TaskProgress.stopped(turn, task, container);
    }
  }

  void stopFailed(ContainerDraft container) {
    done(container, Work.STOP);
    container.retryAt = turn.now.plus(RETRY);
  }

  void removed(ContainerDraft container) {
    done(container, Work.REMOVE);
    container.removed = true;
    container.view = null;
  }

  void removeFailed(ContainerDraft container) {
    done(container, Work.REMOVE);
    container.retryAt = turn.now.plus(RETRY);
  }

  private static void done(ContainerDraft container, Work work) {
    if (container.work == work) {
      container.work = Work.NONE;
    }
  }

  /** Takes in what the engine says; a view of a run that is over and dealt with changes nothing. */
  void observe(TaskDraft task, ContainerDraft container, ContainerView view) {
    Instant started = view.startedAt();
    if (container.startedAt != null && (started == null || started.isBefore(container.startedAt))) {
      return;
    }
    container.view = view.withoutLogOptions(container.spec.secretLogOptions());
    container.dockerId = view.dockerId();
    container.reach(ContainerStatus.CREATED);
    if (container.stopped()) {
      if (!view.running()) {
        done(container, Work.STOP);
      }
      return;
    }
    if (started != null) {
      running(task, container, view, started);
      health(container, view);
      // While a start is not answered it may still begin another run, so no end is the last one.
      boolean starting = container.work == Work.START;
      if (view.exited() && !starting && !started.equals(container.endedRun)) {
        ended(task, container, view, started);
      }
    }
  }

  /**
   * Takes the engine's word for an end, without waiting for the inspection. Not where the next run
   * may want what the engine still clears away: a host port that is always the same. And not for a
   * run that is another one than was seen, for events come again after a connection was lost.
   */
  void died(TaskDraft task, ContainerDraft container, Event.Died died) {
    ContainerView view = container.view;
    if (view != null && isEndOf(died, view) && !holdsFixedPort(container)) {
      observe(task, container, view.ended(died.exitCode(), died.outOfMemory(), died.at()));
    }
  }

  private static boolean isEndOf(Event.Died died, ContainerView seen) {
    Instant started = seen.startedAt();
    return seen.running()
        && seen.dockerId().equals(died.dockerId())
        && started != null
        && started.isBefore(died.at());
  }

  private static boolean holdsFixedPort(ContainerDraft container) {
    return container.spec.portMappings().stream().anyMatch(port -> port.hostPort() > 0);
  }

  private void running(
      TaskDraft task, ContainerDraft container, ContainerView view, Instant started) {
    boolean first = container.startedAt == null;
    if (first || started.isAfter(container.startedAt)) {
      container.startedAt = started;
    }
    List<NetworkBinding> bindings = Bindings.reported(container.spec, view.ports());
    boolean moved = view.running() && !bindings.equals(container.bindings);
    if (view.running()) {
      container.bindings = bindings;
    }
    if (container.reach(ContainerStatus.RUNNING)) {
      Reports.note(turn, task, container);
      // The task must be seen to run, if it does, before this view may show an exit as well.
      Reports.settle(turn, task);
    } else if (moved) {
      Reports.note(turn, task, container);
    }
  }

  private void health(ContainerDraft container, ContainerView view) {
    ContainerView.Health health = view.health();
    if (!container.spec.healthChecked() || health == null) {
      return;
    }
    if (container.healthSince == null || health.status() != container.health) {
      container.health = health.status();
      container.healthSince = turn.now;
      turn.effects.add(new Effect.PublishHealth());
    }
  }

  private void ended(
      TaskDraft task, ContainerDraft container, ContainerView view, Instant started) {
    container.endedRun = started;
    if (restarts(task, container, view, started)) {
      // The next start follows from there being an ended run, even if the agent dies before it.
      container.restarts++;
      return;
    }
    container.exitCode = view.exitCode();
    if (view.oomKilled() && view.exitCode() == KILLED) {
      container.reason = Reasons.OUT_OF_MEMORY;
    }
    TaskProgress.stopped(turn, task, container);
  }

  private boolean restarts(
      TaskDraft task, ContainerDraft container, ContainerView view, Instant started) {
    RestartPolicy policy = container.spec.restartPolicy();
    Instant finished = view.finishedAt() == null ? turn.now : view.finishedAt();
    return policy != null
        && policy.enabled()
        && task.desired == DesiredStatus.RUNNING
        && container.desired == DesiredStatus.RUNNING
        && !policy.ignoredExitCodes().contains(view.exitCode())
        && !finished.isBefore(started.plusSeconds(policy.attemptPeriod()));
  }
}
