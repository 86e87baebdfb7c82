package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look at one task set: what is missing is started, what is too much is stopped. The rule is
 * that of services, with the usual percents: a task set has one revision, so that they only have a
 * say where its tasks are unhealthy or on draining instances.
 */
final class TaskSetRound {
  private static final int LEAST_PERCENT = 100;
  private static final int MOST_PERCENT = 200;

  private final Draft draft;
  private final TaskSet taskSet;
  private final Service scaled;
  private final Context context;
  private final Instant now;
  private final Health health;
  private final Muster muster;
  private final Rollout rollout;
  private final HealthyBounds bounds;
  private final ServiceEvents events;
  private final Problems problems;
  private Deployment deployment;
  private @Nullable Instant wakeAt;

  TaskSetRound(
      Draft draft, Service service, TaskSet taskSet, ServiceSettings settings, Context context) {
    this.draft = draft;
    this.taskSet = Revisions.resolved(draft, taskSet);
    this.context = context;
    now = context.now();
    scaled = scaled(service, taskSet);
    health = new Health(now, settings.settling(), grace(service));
    muster = Muster.of(draft, scaled, health);
    deployment = Attempts.accounted(taskSet.asDeployment(), muster.newest(), now, settings, true);
    bounds = HealthyBounds.of(scaled.desiredCount(), LEAST_PERCENT, MOST_PERCENT);
    rollout =
        Rollout.of(
            bounds,
            muster.live(),
            muster.kept(),
            muster.replaced(),
            Rollout.Reserve.NONE,
            Attempts.isPausing(deployment, now) ? Rollout.Footing.PAUSING : Rollout.Footing.OPEN);
    events = ServiceEvents.of(draft, service, taskSet, context);
    problems = new Problems(scaled, events, now);
  }

  /** The service as it would be if it had but this task set's tasks. */
  private static Service scaled(Service service, TaskSet taskSet) {
    return service
        .edit()
        .specification(TaskSets.adopted(service.specification(), taskSet))
        .desiredCount(taskSet.computedDesiredCount(service.desiredCount()))
        .deployments(List.of(taskSet.asDeployment()))
        .problems(taskSet.problems())
        .build();
  }

  private static Duration grace(Service service) {
    Integer seconds = service.specification().healthCheckGracePeriodSeconds();
    return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
  }

  long eventCount() {
    return events.count();
  }

  List<ServiceProblem> problems() {
    return problems.found();
  }

  /** Looks and acts; returns when to look again even if nothing changes, null for never. */
  @Nullable Instant run() {
    start();
    List<Task> stopped = new ArrayList<>(stopUnhealthy());
    Victims victims = new Victims(draft, scaled, muster, health, now);
    int spare = muster.kept().healthy() + muster.replaced().healthy() - bounds.least();
    List<Task> replaced = victims.replaced(atOnce(rollout.stopReplaced()), spare, null, null);
    stopped.addAll(stop(replaced));
    stopped.addAll(stop(surplus(victims, spare - victims.healthy(replaced))));
    events.stopped(stopped);
    boolean steady = isSteady();
    if (steady && !taskSet.steady() && !taskSet.isDraining()) {
      events.write("has reached a steady state.");
    }
    if (taskSet.isDraining() && muster.live() == 0) {
      draft.remove(TaskSet.KIND, taskSet.arn());
      return null;
    }
    draft.put(TaskSet.KIND, taskSet.seen(deployment, steady, problems.found(), now));
    wakeAt(victims.protectedUntil());
    wakeAt(health.changesAt());
    wakeAt(problems.lookAgainAt());
    return wakeAt;
  }

  private static int atOnce(int count) {
    return Math.min(count, ServiceRound.AT_ONCE);
  }

  private void start() {
    if (deployment.starts().failedAttempts() >= Attempts.WORTH_AN_EVENT) {
      problems.report(
          ServiceProblem.Kind.FAILING_TASKS,
          "",
          "is unable to consistently start tasks successfully.");
    }
    if (Attempts.isPausing(deployment, now)) {
      wakeAt(deployment.starts().retryAt());
    } else if (rollout.start() > 0) {
      new Launch(draft, scaled, deployment, events, problems, context)
          .anywhere(atOnce(rollout.start()));
    }
  }

  private List<Task> stopUnhealthy() {
    List<Task> stopped = new ArrayList<>();
    if (rollout.stopUnhealthy() == 0) {
      return stopped;
    }
    for (Task task : draft.by(Task.UNHEALTHY_OF_DEPLOYMENT, taskSet.id())) {
      if (stopped.size() == atOnce(rollout.stopUnhealthy())) {
        break;
      }
      if (health.isUnhealthy(task) && !muster.leaving().contains(task)) {
        stopped.add(Stops.unhealthy(draft, task, events, now));
      }
    }
    deployment = Attempts.unhealthy(deployment, stopped.size(), muster.newest());
    return stopped;
  }

  private List<Task> surplus(Victims victims, int spare) {
    int count = atOnce(rollout.stopSurplus());
    if (count == 0) {
      return List.of();
    }
    List<Task> chosen = victims.surplus(count, spare, context.ids()::below);
    if (chosen.size() < count) {
      problems.report(
          ServiceProblem.Kind.PROTECTION,
          taskSet.id(),
          "was unable to reach steady state because task set ("
              + taskSet.id()
              + ") was unable to scale in. Reason: The number of protected tasks are more than"
              + " the desired count of tasks");
    }
    return chosen;
  }

  private List<Task> stop(List<Task> chosen) {
    List<Task> stopped = new ArrayList<>();
    for (Task task : chosen) {
      stopped.add(Stops.scaled(draft, scaled, task, now));
    }
    return stopped;
  }

  private boolean isSteady() {
    int desired = scaled.desiredCount();
    return muster.newest().running() == desired
        && muster.newest().pending() == 0
        && muster.leaving().isEmpty()
        && muster.kept().healthy() == desired;
  }

  private void wakeAt(@Nullable Instant time) {
    if (time != null && (wakeAt == null || time.isBefore(wakeAt))) {
      wakeAt = time;
    }
  }
}
