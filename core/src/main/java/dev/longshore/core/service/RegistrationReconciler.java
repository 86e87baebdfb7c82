package dev.longshore.core.service;

import dev.longshore.core.balancing.TaskTargets;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.NetworkBinding;
import dev.longshore.shapes.elbv2.TooManyTargetsException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Registers services' tasks with their target groups once they run, tells what their targets'
 * health comes to, and takes them out of their groups before they are stopped. Its keys are the
 * tasks' ARNs. It runs before the services' own reconciler, so that no task of a balanced service
 * ever counts as healthy before it is registered.
 */
final class RegistrationReconciler implements Reconciler {
  @Override
  public void touched(Change<?> change, View view, Consumer<String> keys) {
    Task task = change.row(Task.KIND);
    if (task != null && task.serviceArn() != null) {
      keys.accept(task.arn());
      return;
    }
    Target target = change.row(Target.KIND);
    if (target != null && target.taskArn() != null) {
      keys.accept(target.taskArn());
    }
  }

  @Override
  public void all(View view, Consumer<String> keys) {
    for (Task task : view.all(Task.KIND)) {
      if (task.serviceArn() != null) {
        keys.accept(task.arn());
      }
    }
    for (Target target : view.all(Target.KIND)) {
      if (target.taskArn() != null) {
        keys.accept(target.taskArn());
      }
    }
  }

  @Override
  public @Nullable Instant reconcile(Draft draft, String key, Context context) {
    Task task = draft.find(Task.KIND, key);
    if (task == null || task.stopping() || task.isStopped()) {
      leave(draft, key, task, context);
    } else if (task.lastStatus() == TaskStatus.RUNNING) {
      join(draft, task, context);
    }
    return null;
  }

  private static void leave(Draft draft, String taskArn, @Nullable Task task, Context context) {
    Map<String, Integer> left = new TreeMap<>();
    for (Target target : draft.by(Target.OF_TASK, taskArn)) {
      if (!target.isDraining()) {
        TaskTargets.deregister(draft, target, context.now());
        left.merge(target.targetGroupArn(), 1, Integer::sum);
      }
    }
    if (task == null) {
      return;
    }
    tell(draft, task, "deregistered", left, context);
    boolean draining = draft.count(Target.OF_TASK, taskArn) > 0;
    if (draining && task.lastStatus() == TaskStatus.RUNNING) {
      draft.put(Task.KIND, task.edit().lastStatus(TaskStatus.DEACTIVATING).build());
    } else if (!draining && task.lastStatus() == TaskStatus.DEACTIVATING) {
      draft.put(Task.KIND, task.edit().lastStatus(TaskStatus.STOPPING).build());
    }
  }

  private static void join(Draft draft, Task task, Context context) {
    List<LoadBalancing.Membership> memberships = LoadBalancing.of(draft, task);
    if (memberships.isEmpty()) {
      return;
    }
    Map<String, Integer> joined = new TreeMap<>();
    int healthy = 0;
    boolean unhealthy = false;
    for (LoadBalancing.Membership each : memberships) {
      Target target = target(draft, task, each, joined);
      healthy += target != null && target.health().equals(Target.HEALTHY) ? 1 : 0;
      unhealthy |= target != null && target.health().equals(Target.UNHEALTHY);
    }
    tell(draft, task, "registered", joined, context);
    String health =
        unhealthy ? Task.UNHEALTHY : healthy == memberships.size() ? Task.HEALTHY : Task.UNKNOWN;
    draft.put(Task.KIND, task.edit().targetHealth(health).build());
  }

  /** The task's target in a group, which is registered if it is not there; null: not yet. */
  private static @Nullable Target target(
      Draft draft, Task task, LoadBalancing.Membership membership, Map<String, Integer> joined) {
    String groupArn = membership.groupArn();
    TargetGroup group = draft.find(TargetGroup.KIND, groupArn);
    ContainerInstance instance =
        task.containerInstanceArn() == null
            ? null
            : draft.find(ContainerInstance.KIND, task.containerInstanceArn());
    Integer port = hostPort(task, membership.balancer());
    if (group == null || instance == null || port == null) {
      return null;
    }
    String key = Target.key(groupArn, instance.machineId(), port);
    Target there = draft.find(Target.KIND, key);
    if (there == null || !task.arn().equals(there.taskArn())) {
      try {
        TaskTargets.register(draft, group, instance.machineId(), port, task.arn());
        joined.merge(groupArn, 1, Integer::sum);
      } catch (TooManyTargetsException full) {
        // The task stays unregistered, and so never counts as healthy; its service says so.
        return null;
      }
    }
    return draft.find(Target.KIND, key);
  }

  private static @Nullable Integer hostPort(Task task, LoadBalancer balancer) {
    for (TaskContainer container : task.containers()) {
      if (container.name().equals(balancer.containerName())) {
        for (NetworkBinding binding : container.networkBindings()) {
          if (Objects.equals(binding.containerPort(), balancer.containerPort())) {
            return binding.hostPort();
          }
        }
      }
    }
    return null;
  }

  private static void tell(
      Draft draft, Task task, String verb, Map<String, Integer> groups, Context context) {
    Service service =
        task.serviceArn() == null ? null : draft.find(Service.KIND, task.serviceArn());
    if (service == null || groups.isEmpty()) {
      return;
    }
    String starter = Given.text(task.deploymentId());
    TaskSet taskSet = draft.find(TaskSet.KIND, TaskSet.arnOf(service.arn(), starter));
    ServiceEvents events =
        taskSet == null
            ? new ServiceEvents(draft, service, context)
            : ServiceEvents.of(draft, service, taskSet, context);
    groups.forEach((arn, count) -> events.targets(verb, count, arn));
    draft.put(Service.KIND, service.edit().eventCount(events.count()).build());
  }
}
