package dev.longshore.simulation.check;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A service starts no task that brings it above its maximum percent, and stops no healthy one where
 * fewer than its minimum percent are left. What failures, users and smaller desired counts did is
 * not its doing: only what it starts and stops itself is held against it.
 */
public final class ServicesKeepTheirBounds implements Checker {
  /** So long a task without health check has to run. */
  private static final Duration SETTLING = Duration.ofSeconds(40);

  /** The product settles tasks by the second: it may hold one to be healthy that much later. */
  private static final Duration SURELY = SETTLING.plusSeconds(1);

  private static final long WHOLE = 100;

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    Map<String, Task> started = new LinkedHashMap<>();
    Map<String, Task> stopped = new LinkedHashMap<>();
    for (Change<?> change : changes) {
      Task was = change.before(Task.KIND);
      Task is = change.after(Task.KIND);
      if (is == null || is.serviceArn() == null) {
        continue;
      }
      if (was == null) {
        started.put(is.serviceArn(), is);
      } else if (was.isWanted()
          && !is.isWanted()
          && isScheduled(is)
          && isHealthy(was, time(is), SURELY)) {
        stopped.put(is.serviceArn(), is);
      }
    }
    // Daemons have tasks besides those desired, on instances that leave, and stop them by place.
    started.keySet().removeIf(arn -> service(after, arn).isDaemon());
    stopped.keySet().removeIf(arn -> service(after, arn).isDaemon());
    started.forEach((arn, task) -> notAbove(service(after, arn), task, after, findings));
    stopped.forEach((arn, task) -> notBelow(service(after, arn), task, after, findings));
  }

  /** Many turns may have come to light at once: who started what under which bounds is lost. */
  @Override
  public void revealed(State before, List<Change<?>> changes, State after, Findings findings) {}

  private static Service service(State state, String arn) {
    return Objects.requireNonNull(state.find(Service.KIND, arn), arn);
  }

  private static boolean isScheduled(Task task) {
    return "ServiceSchedulerInitiated".equals(task.stopCode());
  }

  private static Instant time(Task stopping) {
    return Objects.requireNonNull(stopping.timeline().stoppingAt());
  }

  private static void notAbove(Service service, Task task, State state, Findings findings) {
    long most = service.desiredCount() * percent(service, true) / WHOLE;
    int live = 0;
    for (Task each : state.by(Task.BY_SERVICE, service.arn())) {
      live += !each.isStopped() && isOf(service, each) ? 1 : 0;
    }
    if (live > most) {
      findings.found(
          task.arn() + " was started as one of " + live + " where " + most + " are the most");
    }
  }

  /** A deleted service of the same name may have left tasks that are still stopping. */
  private static boolean isOf(Service service, Task task) {
    return service.deployments().stream()
        .anyMatch(deployment -> deployment.id().equals(task.deploymentId()));
  }

  private static void notBelow(Service service, Task task, State state, Findings findings) {
    if (!service.isActive()) {
      return;
    }
    long least = (service.desiredCount() * percent(service, false) + WHOLE - 1) / WHOLE;
    int healthy = 0;
    for (Task each : state.by(Task.BY_SERVICE, service.arn())) {
      healthy += each.isWanted() && isHealthy(each, time(task), SETTLING) ? 1 : 0;
    }
    if (healthy < least) {
      findings.found(
          task.arn()
              + " was healthy and stopped, which left "
              + healthy
              + " where "
              + least
              + " are the least");
    }
  }

  private static long percent(Service service, boolean maximum) {
    DeploymentConfiguration configuration =
        Objects.requireNonNull(service.specification().deploymentConfiguration());
    Integer percent =
        maximum ? configuration.maximumPercent() : configuration.minimumHealthyPercent();
    return Objects.requireNonNull(percent);
  }

  private static boolean isHealthy(Task task, Instant now, Duration settling) {
    if (task.lastStatus() != TaskStatus.RUNNING) {
      return false;
    }
    for (TaskContainer container : task.containers()) {
      if (container.essential() && container.hasHealthCheck()) {
        return task.healthStatus().equals(Task.HEALTHY);
      }
    }
    Instant started = Objects.requireNonNull(task.timeline().startedAt());
    return !started.plus(settling).isAfter(now);
  }
}
