package dev.longshore.simulation.check;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * PROVISIONING, PENDING, ACTIVATING, RUNNING, DEACTIVATING, STOPPING, DEPROVISIONING, STOPPED: a
 * task moves along this line only, is wanted stopped for ever, keeps every time it was once given,
 * in their order, and does not come back once forgotten.
 */
public final class StatusesOnlyMoveForward implements Checker {
  private static final List<String> CONTAINER = List.of("PENDING", "RUNNING", "STOPPED");

  private final Set<String> forgotten = new HashSet<>();

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      Task was = change.before(Task.KIND);
      Task is = change.after(Task.KIND);
      if (is != null) {
        inOrder(is, findings);
      }
      if (was == null && is != null) {
        begins(is, findings);
      } else if (was != null && is == null) {
        ends(was, findings);
      } else if (was != null && is != null) {
        moves(was, is, findings);
      }
    }
  }

  private void begins(Task task, Findings findings) {
    if (forgotten.contains(task.arn())) {
      findings.found(task.arn() + " came back after it was forgotten");
    }
  }

  private void ends(Task task, Findings findings) {
    forgotten.add(task.arn());
    if (!task.isStopped()) {
      findings.found(task.arn() + " was forgotten while it was " + task.lastStatus());
    }
  }

  private static void moves(Task was, Task is, Findings findings) {
    if (was.lastStatus().isAfter(is.lastStatus())) {
      findings.found(is.arn() + " went back from " + was.lastStatus() + " to " + is.lastStatus());
    }
    if (was.stopping() && !is.stopping()) {
      findings.found(is.arn() + " was wanted stopped and is wanted again");
    }
    if (is.version() <= was.version()) {
      findings.found(is.arn() + " changed and kept version " + is.version());
    }
    if (was.stopping() && !Objects.equals(was.stopCode(), is.stopCode())) {
      findings.found(
          is.arn() + " was stopped for " + was.stopCode() + " and now for " + is.stopCode());
    }
    keeps(is, was.timeline().startedAt(), is.timeline().startedAt(), "startedAt", findings);
    keeps(is, was.timeline().stoppingAt(), is.timeline().stoppingAt(), "stoppingAt", findings);
    keeps(is, was.timeline().stoppedAt(), is.timeline().stoppedAt(), "stoppedAt", findings);
    for (int at = 0; at < was.containers().size(); at++) {
      TaskContainer old = was.containers().get(at);
      TaskContainer now = is.containers().get(at);
      if (CONTAINER.indexOf(now.lastStatus()) < CONTAINER.indexOf(old.lastStatus())) {
        findings.found(
            now.arn() + " went back from " + old.lastStatus() + " to " + now.lastStatus());
      }
    }
  }

  private static void keeps(
      Task task, @Nullable Instant was, @Nullable Instant is, String name, Findings findings) {
    if (was != null && !was.equals(is)) {
      findings.found(task.arn() + " had " + name + ' ' + was + " and now " + is);
    }
  }

  private static void inOrder(Task task, Findings findings) {
    TaskTimeline line = task.timeline();
    chain(
        task,
        findings,
        line.createdAt(),
        line.pullStartedAt(),
        line.pullStoppedAt(),
        task.lastStatus() == TaskStatus.STOPPED ? line.stoppedAt() : null);
    chain(task, findings, line.createdAt(), line.startedAt(), line.stoppedAt());
    chain(task, findings, line.createdAt(), line.stoppingAt(), line.stoppedAt());
    chain(task, findings, line.startedAt(), line.executionStoppedAt(), line.stoppedAt());
  }

  private static void chain(Task task, Findings findings, @Nullable Instant... times) {
    Instant last = null;
    for (Instant time : times) {
      if (time != null && last != null && time.isBefore(last)) {
        findings.found(task.arn() + " has its times out of order: " + Arrays.toString(times));
        return;
      }
      last = time == null ? last : time;
    }
  }
}
