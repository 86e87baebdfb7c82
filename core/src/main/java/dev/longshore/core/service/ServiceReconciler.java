package dev.longshore.core.service;

import dev.longshore.core.model.AlarmState;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.model.TrafficShift;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Keeps as many tasks of each service as are desired. Its keys are the services' ARNs. */
public final class ServiceReconciler implements Reconciler {
  /** A deleted service is described for so long after its last task began to stop. */
  static final Duration KEPT_INACTIVE = Duration.ofHours(1);

  private final ServiceSettings settings;
  private final Traffic traffic;

  /** Of services whose traffic nobody shifts. */
  public ServiceReconciler(ServiceSettings settings) {
    this(settings, Traffic.NONE);
  }

  public ServiceReconciler(ServiceSettings settings, Traffic traffic) {
    this.settings = settings;
    this.traffic = traffic;
  }

  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    Service service = change.after(Service.KIND);
    if (service != null) {
      keys.accept(service.arn());
      return;
    }
    Task task = change.row(Task.KIND);
    if (task != null) {
      if (task.serviceArn() != null && matters(change.before(Task.KIND), change.after(Task.KIND))) {
        keys.accept(task.serviceArn());
      }
      touched(change.before(Task.KIND), change.after(Task.KIND), task, view, keys);
      return;
    }
    ServiceDeployment deployment = change.after(ServiceDeployment.KIND);
    if (deployment != null) {
      keys.accept(deployment.serviceArn());
      return;
    }
    TaskSet taskSet = change.row(TaskSet.KIND);
    if (taskSet != null) {
      keys.accept(taskSet.serviceArn());
      return;
    }
    TrafficShift shift = change.row(TrafficShift.KIND);
    if (shift != null) {
      keys.accept(shift.serviceArn());
      return;
    }
    AlarmState alarm = change.after(AlarmState.KIND);
    if (alarm != null) {
      touched(alarm, view, keys);
      return;
    }
    ContainerInstance instance = change.after(ContainerInstance.KIND);
    if (instance != null) {
      touched(change.before(ContainerInstance.KIND), instance, view, keys);
    }
  }

  private static void touched(AlarmState alarm, View view, Consumer<String> keys) {
    for (ServiceDeployment row : view.by(ServiceDeployment.WATCHING, ServiceDeployment.ALARMS)) {
      if (Alarms.watches(row, alarm.name())) {
        keys.accept(row.serviceArn());
      }
    }
  }

  /** A task is off its instance: daemons may have room there now, or be the last to go. */
  private static void touched(
      @Nullable Task before, @Nullable Task after, Task task, View view, Consumer<String> keys) {
    String instanceArn = task.containerInstanceArn();
    boolean off = before != null && !before.isStopped() && (after == null || after.isStopped());
    if (!off || instanceArn == null || view.count(Service.DAEMONS, task.clusterArn()) == 0) {
      return;
    }
    ContainerInstance instance = view.find(ContainerInstance.KIND, instanceArn);
    boolean drains = instance != null && !instance.isActive();
    for (Service daemon : view.by(Service.DAEMONS, task.clusterArn())) {
      if (drains || daemon.isShortOfRoom()) {
        keys.accept(daemon.arn());
      }
    }
  }

  private static boolean matters(@Nullable Task before, @Nullable Task after) {
    return before == null
        || after == null
        || before.lastStatus() != after.lastStatus()
        || before.stopping() != after.stopping()
        || !before.healthStatus().equals(after.healthStatus())
        || !Objects.equals(before.targetHealth(), after.targetHealth())
        || !Objects.equals(before.containerInstanceArn(), after.containerInstanceArn())
        || !Objects.equals(before.protectedUntil(), after.protectedUntil());
  }

  private static void touched(
      @Nullable ContainerInstance before,
      ContainerInstance after,
      View view,
      Consumer<String> keys) {
    // Daemons are the first to start.
    for (Service daemon : view.by(Service.DAEMONS, after.clusterArn())) {
      keys.accept(daemon.arn());
    }
    if (after.isActive() && after.agentConnected()) {
      for (Service service : view.by(Service.SHORT_OF_ROOM, after.clusterArn())) {
        keys.accept(service.arn());
      }
    }
    if (before != null && !before.status().equals(after.status())) {
      for (Task task : view.by(Task.ON_INSTANCE, after.arn())) {
        if (task.serviceArn() != null) {
          keys.accept(task.serviceArn());
        }
      }
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (Service service : view.all(Service.KIND)) {
      keys.accept(service.arn());
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    Service service = draft.find(Service.KIND, key);
    if (service == null) {
      return null;
    }
    return switch (service.status()) {
      case Service.ACTIVE -> active(draft, service, context);
      case Service.DRAINING -> Drain.of(draft, service, context);
      default -> forget(draft, service, context.now());
    };
  }

  private @Nullable Instant active(Draft draft, Service service, Context context) {
    if (service.hasTaskSets()) {
      return new TaskSetRounds(draft, service, settings, context).run();
    }
    Service standing = Reversal.of(draft, service, traffic, context);
    return new ServiceRound(draft, standing, settings, traffic, context).run();
  }

  private static @Nullable Instant forget(Draft draft, Service service, Instant now) {
    Instant since = Objects.requireNonNullElse(service.inactiveAt(), service.createdAt());
    Instant end = since.plus(KEPT_INACTIVE);
    if (end.isAfter(now)) {
      return end;
    }
    ServiceEvents.forget(draft, service.arn());
    draft.remove(Service.KIND, service.arn());
    return null;
  }
}
