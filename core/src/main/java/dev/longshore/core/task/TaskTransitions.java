package dev.longshore.core.task;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of tasks: pure functions from a task and what happened to the task that
 * follows. A status only moves forward; what is late or repeated gives back the same task.
 */
final class TaskTransitions {
  private static final List<String> STATUSES = List.of("PENDING", "RUNNING", "STOPPED");

  private TaskTransitions() {}

  /** Whether an agent may report that status of a task. */
  static boolean isReportable(String status) {
    return STATUSES.contains(status);
  }

  /**
   * What an agent's report makes of a task.
   *
   * @param report its status may be absent: then only its containers are told of
   */
  static Task reported(Task task, SubmitTaskStateChangeRequest report, Instant now) {
    if (task.isStopped()) {
      return task;
    }
    List<TaskContainer> containers =
        ContainerTransitions.applied(task.containers(), Given.list(report.containers()));
    Task moved = moved(task, report, containers, now);
    return "STOPPED".equals(report.status())
        ? ended(moved, report, now)
        : exited(moved, report, now);
  }

  /** Up to RUNNING. A task that is to stop does not start any more, whatever was under way. */
  private static Task moved(
      Task task, SubmitTaskStateChangeRequest report, List<TaskContainer> containers, Instant now) {
    TaskTimeline timeline = pulled(task.timeline(), report, now);
    TaskStatus status = task.lastStatus();
    if ("PENDING".equals(report.status()) && TaskStatus.PENDING.isAfter(status)) {
      status = TaskStatus.PENDING;
    }
    if ("RUNNING".equals(report.status())
        && TaskStatus.RUNNING.isAfter(status)
        && !task.stopping()) {
      status = TaskStatus.RUNNING;
      timeline = timeline.withStartedAt(now);
    }
    return task.edit().containers(containers).timeline(timeline).lastStatus(status).build();
  }

  /** An essential container that stopped ends the task, though the agent still stops the others. */
  private static Task exited(Task task, SubmitTaskStateChangeRequest report, Instant now) {
    if (task.containers().stream().noneMatch(each -> each.essential() && each.isStopped())) {
      return task;
    }
    return caused(task, report)
        .stopping()
        .timeline(stopping(executionStopped(task.timeline(), report, now), now))
        .build();
  }

  private static Task ended(Task task, SubmitTaskStateChangeRequest report, Instant now) {
    TaskTimeline timeline = executionStopped(task.timeline(), report, now);
    return caused(task, report)
        .stopping()
        .lastStatus(TaskStatus.STOPPED)
        .containers(ContainerTransitions.stopped(task.containers()))
        .timeline(stopping(timeline, now).withStoppedAt(now))
        .build();
  }

  /** With code and reason, unless it has them because somebody wanted it stopped. */
  private static Task.Editor caused(Task task, SubmitTaskStateChangeRequest report) {
    if (task.stopping()) {
      return task.edit();
    }
    StopCause cause =
        StopCause.of(
            task.timeline().startedAt() != null, Given.text(report.reason()), task.containers());
    return task.edit().stopCode(cause.code()).stoppedReason(cause.reason());
  }

  private static TaskTimeline stopping(TaskTimeline timeline, Instant now) {
    return timeline.stoppingAt() == null ? timeline.withStoppingAt(now) : timeline;
  }

  /** A task none of whose containers ever ran executed nothing that could have stopped. */
  private static TaskTimeline executionStopped(
      TaskTimeline timeline, SubmitTaskStateChangeRequest report, Instant now) {
    Instant started = timeline.startedAt();
    Instant told =
        within(report.executionStoppedAt(), started == null ? timeline.createdAt() : started, now);
    Instant stopped = told == null && started != null ? now : told;
    return timeline.executionStoppedAt() != null || stopped == null
        ? timeline
        : timeline.withExecutionStoppedAt(stopped);
  }

  /** A task that is wanted stopped, from now on or since before. */
  static Task wantedStopped(Task task, String code, String reason, Instant now) {
    if (task.stopping()) {
      return task;
    }
    return task.edit()
        .stopping()
        .stopCode(code)
        .stoppedReason(reason)
        .timeline(task.timeline().withStoppingAt(now))
        .build();
  }

  /** A task wanted stopped whose agent has been told so. */
  static Task toldToStop(Task task) {
    return task.stopping() && TaskStatus.STOPPING.isAfter(task.lastStatus())
        ? task.edit().lastStatus(TaskStatus.STOPPING).build()
        : task;
  }

  /** A task that no agent will ever report of again. */
  static Task lost(Task task, String code, String reason, Instant now) {
    if (task.isStopped()) {
      return task;
    }
    Task wanted = wantedStopped(task, code, reason, now);
    return wanted
        .edit()
        .lastStatus(TaskStatus.STOPPED)
        .containers(ContainerTransitions.stopped(task.containers()))
        .timeline(wanted.timeline().withStoppedAt(now))
        .build();
  }

  /** A task of which the health of one container was told. */
  static Task healthReported(Task task, String container, String status) {
    if (task.isStopped()) {
      return task;
    }
    List<TaskContainer> containers =
        task.containers().stream()
            .map(each -> each.name().equals(container) ? each.withHealthStatus(status) : each)
            .toList();
    return task.edit().containers(containers).healthStatus(health(containers)).build();
  }

  /**
   * UNHEALTHY if an essential container is, HEALTHY if all are that have a health check, else
   * UNKNOWN.
   */
  private static String health(List<TaskContainer> containers) {
    boolean healthy = false;
    boolean unknown = false;
    for (TaskContainer container : containers) {
      if (container.essential() && container.hasHealthCheck()) {
        switch (container.healthStatus()) {
          case "UNHEALTHY" -> {
            return "UNHEALTHY";
          }
          case "HEALTHY" -> healthy = true;
          default -> unknown = true;
        }
      }
    }
    return healthy && !unknown ? "HEALTHY" : "UNKNOWN";
  }

  private static TaskTimeline pulled(
      TaskTimeline timeline, SubmitTaskStateChangeRequest report, Instant now) {
    Instant started = report.pullStartedAt();
    Instant stopped = report.pullStoppedAt();
    if (started == null && stopped == null) {
      return timeline;
    }
    Instant from = within(started, timeline.createdAt(), now);
    Instant known = timeline.pullStartedAt() == null ? from : timeline.pullStartedAt();
    return timeline.withPull(
        from, within(stopped, known == null ? timeline.createdAt() : known, now));
  }

  /** Agents' clocks may be wrong; the order of a task's times is right nevertheless. */
  private static @Nullable Instant within(@Nullable Instant time, Instant first, Instant last) {
    if (time == null) {
      return null;
    }
    return time.isBefore(first) ? first : time.isAfter(last) ? last : time;
  }
}
