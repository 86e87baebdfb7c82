package dev.longshore.agent.task;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When the control plane is told of a task, and what. The task's own steps are told at once; what
 * happens to a container while the task stays where it is waits ten to thirty seconds for company.
 */
final class Reports {
  private static final long FLUSH_AFTER = 10;
  private static final long FLUSH_JITTER_MILLIS = 20_000;

  private Reports() {}

  /** Notes that the container has changed, for the next report. */
  static void note(Turn turn, TaskDraft task, ContainerDraft container) {
    task.changes.add(container.report());
    if (task.flushAt == null) {
      task.flushAt =
          turn.now.plusSeconds(FLUSH_AFTER).plusMillis(turn.entropy.below(FLUSH_JITTER_MILLIS));
    }
  }

  /** Moves the task to where its slowest container is, and reports that. */
  static void settle(Turn turn, TaskDraft task) {
    TaskStatus earliest = TaskStatus.STOPPED;
    for (ContainerDraft container : task.containers) {
      TaskStatus reached = container.known.task();
      earliest = reached.compareTo(earliest) < 0 ? reached : earliest;
    }
    if (earliest.compareTo(task.known) <= 0) {
      return;
    }
    boolean essentialStopped = task.containers.stream().anyMatch(Reports::isEndOfTask);
    if (earliest == TaskStatus.RUNNING && essentialStopped) {
      // The others still run, but the task is on its way out and must not be told to run.
      return;
    }
    task.known = earliest;
    switch (earliest) {
      case MANIFEST_PULLED -> {
        if (task.containers.stream().anyMatch(container -> container.imageDigest != null)) {
          enqueue(task);
        }
      }
      case RUNNING -> enqueue(task);
      case STOPPED -> {
        task.stoppedAt = turn.now;
        if (task.executionStoppedAt == null) {
          task.executionStoppedAt = turn.now;
        }
        if (task.spec.roleCredentialsId() != null) {
          turn.effects.add(new Effect.DropCredentials(task.spec.roleCredentialsId()));
        }
        enqueue(task);
      }
      case NONE, CREATED -> {}
    }
  }

  static boolean isEndOfTask(ContainerDraft container) {
    return container.spec.essential() && container.stopped();
  }

  /** Sends what has waited long enough, and the oldest report if none is on its way. */
  static void deliver(Turn turn, TaskDraft task) {
    if (turn.due(task.flushAt)) {
      TaskReport last = task.outbox.isEmpty() ? null : task.outbox.getLast();
      boolean waiting = last != null && (task.outbox.size() > 1 || !task.sending);
      if (last != null && waiting && last.status().equals(task.known.reported())) {
        // A report that has not left yet takes the news along: the outbox stays bounded.
        task.outbox.set(task.outbox.size() - 1, extended(task, last));
        task.changes.clear();
        task.flushAt = null;
      } else {
        enqueue(task);
      }
    }
    if (!task.sending && !task.outbox.isEmpty()) {
      task.sending = true;
      turn.effects.add(new Effect.SubmitState(task.outbox.getFirst()));
    }
  }

  private static void enqueue(TaskDraft task) {
    task.reports++;
    task.outbox.add(report(task, task.reports, List.copyOf(task.changes)));
    task.changes.clear();
    task.flushAt = null;
  }

  private static TaskReport extended(TaskDraft task, TaskReport last) {
    List<ContainerReport> entries = new ArrayList<>(last.containers());
    for (ContainerReport change : task.changes) {
      entries.removeIf(entry ->
          entry.containerName().equals(change.containerName())
              && entry.status().equals(change.status()));
      entries.add(change);
    }
    return report(task, last.number(), List.copyOf(entries));
  }

  private static TaskReport report(TaskDraft task, long number, List<ContainerReport> entries) {
    boolean stopped = task.known == TaskStatus.STOPPED;
    @Nullable Instant executionStoppedAt = stopped ? task.executionStoppedAt : null;
    return new TaskReport(
        task.arn(),
        number,
        task.known.reported(),
        Reasons.cut(task.reason),
        entries,
        task.pullStartedAt,
        task.pullStoppedAt,
        executionStoppedAt);
  }
}
