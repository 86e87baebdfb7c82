package dev.longshore.core.event;

import dev.longshore.core.instance.InstanceAnswers;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.View;
import dev.longshore.core.task.TaskAnswers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the changes of a turn as ECS tells them to event buses. Nothing is remembered: the same
 * changes make the same events, so that whoever carries them may begin again after a crash. At most
 * one event is made of each change of a task or a service's event, four of each deployment, and one
 * of each container instance that changed or whose tasks did.
 */
public final class EcsEvents {
  private static final List<String> NOT_OF_TASKS =
      List.of(
          "tags",
          "healthStatus",
          "fargateEphemeralStorage",
          "platformFamily",
          "inferenceAccelerators");
  private static final List<String> NOT_OF_INSTANCES =
      List.of("tags", "attachments", "healthStatus", "capacityProviderName");
  private static final List<String> LEFT_OUT_IF_EMPTY =
      List.of("networkBindings", "networkInterfaces", "managedAgents", "gpuIds");

  private EcsEvents() {}

  /**
   * The events of a turn, in the order of its changes.
   *
   * @param after what the changes have led to
   * @param at when they were made
   */
  public static List<EcsEvent> of(List<Change<?>> changes, View after, Instant at) {
    List<EcsEvent> events = new ArrayList<>();
    Set<String> instances = new LinkedHashSet<>();
    for (Change<?> change : changes) {
      task(change, after, at, events, instances);
      ContainerInstance instance = change.after(ContainerInstance.KIND);
      if (instance != null) {
        instances.add(instance.arn());
      }
      ServiceEvent told = change.after(ServiceEvent.KIND);
      EcsEvent action = told == null ? null : ServiceEvents.action(told, after);
      if (action != null) {
        events.add(action);
      }
      Service service = change.after(Service.KIND);
      EcsEvent counted =
          service == null ? null : ServiceEvents.counted(change.before(Service.KIND), service, at);
      if (counted != null) {
        events.add(counted);
      }
      ServiceDeployment deployment = change.after(ServiceDeployment.KIND);
      if (deployment != null) {
        events.addAll(DeploymentEvents.of(change.before(ServiceDeployment.KIND), deployment, at));
      }
    }
    for (String arn : instances) {
      ContainerInstance instance = after.find(ContainerInstance.KIND, arn);
      if (instance != null) {
        events.add(instance(instance, after, at));
      }
    }
    return List.copyOf(events);
  }

  private static void task(
      Change<?> change, View after, Instant at, List<EcsEvent> events, Set<String> instances) {
    Task before = change.before(Task.KIND);
    Task task = change.after(Task.KIND);
    if (task == null) {
      return;
    }
    if (before == null || before.version() != task.version()) {
      events.add(task(task, after, at));
    }
    if (holds(before) != holds(task) || !Objects.equals(place(before), place(task))) {
      if (task.containerInstanceArn() != null) {
        instances.add(task.containerInstanceArn());
      }
    }
  }

  private static boolean holds(@Nullable Task task) {
    return task != null && !task.isStopped();
  }

  private static @Nullable String place(@Nullable Task task) {
    return task == null ? null : task.containerInstanceArn();
  }

  private static EcsEvent task(Task task, View view, Instant at) {
    Map<String, Object> detail = Details.of(TaskAnswers.of(view, task, false), NOT_OF_TASKS);
    for (Map<String, Object> container : Details.maps(detail.get("containers"))) {
      container.remove("healthStatus");
      LEFT_OUT_IF_EMPTY.forEach(name -> container.remove(name, List.of()));
    }
    for (Map<String, Object> attachment : Details.maps(detail.get("attachments"))) {
      attachment.replace("type", "ElasticNetworkInterface", "eni");
    }
    if (detail.get("overrides") instanceof Map<?, ?> overrides) {
      overrides.remove("inferenceAcceleratorOverrides");
    }
    detail.put("updatedAt", Details.time(at));
    detail.put("version", task.version());
    return new EcsEvent(EcsEvent.TASK, List.of(task.arn()), at, detail);
  }

  private static EcsEvent instance(ContainerInstance instance, View view, Instant at) {
    Map<String, Object> detail =
        Details.of(InstanceAnswers.of(view, instance, List.of()), NOT_OF_INSTANCES);
    for (String resources : List.of("registeredResources", "remainingResources")) {
      for (Map<String, Object> resource : Details.maps(detail.get(resources))) {
        resource.remove("doubleValue");
        resource.remove("longValue");
        if (resource.containsKey("stringSetValue")) {
          resource.remove("integerValue");
        }
      }
    }
    detail.put("clusterArn", instance.clusterArn());
    detail.put("updatedAt", Details.time(at));
    return new EcsEvent(EcsEvent.CONTAINER_INSTANCE, List.of(instance.arn()), at, detail);
  }
}
