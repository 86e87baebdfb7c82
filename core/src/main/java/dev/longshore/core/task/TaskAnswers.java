package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.model.TaskTimeline;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.Container;
import dev.longshore.shapes.ecs.ContainerOverride;
import dev.longshore.shapes.ecs.TaskOverride;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the API shows of a task. */
public final class TaskAnswers {
  private TaskAnswers() {}

  /** The task as the API shows it; without {@code tags} the list of them is empty. */
  public static dev.longshore.shapes.ecs.Task of(View view, Task task, boolean tags) {
    TaskTimeline timeline = task.timeline();
    Connectivity connectivity = connectivity(view, task);
    return dev.longshore.shapes.ecs.Task.builder()
        .attachments(task.attachments())
        .attributes(task.attributes())
        .availabilityZone(task.availabilityZone())
        .capacityProviderName(task.capacityProviderName())
        .clusterArn(task.clusterArn())
        .connectivity(connectivity.status())
        .connectivityAt(connectivity.at())
        .containerInstanceArn(task.containerInstanceArn())
        .containers(task.containers().stream().map(each -> container(task, each)).toList())
        .cpu(Integer.toString(task.cpu()))
        .createdAt(timeline.createdAt())
        .desiredStatus(task.desiredStatus())
        .enableExecuteCommand(task.enableExecuteCommand())
        .executionStoppedAt(timeline.executionStoppedAt())
        .group(task.group())
        .healthStatus(task.healthStatus())
        .inferenceAccelerators(List.of())
        .lastStatus(task.lastStatus().name())
        .launchType(task.launchType())
        .memory(Integer.toString(task.memory()))
        .overrides(overrides(task))
        .platformVersion(task.platformVersion())
        .pullStartedAt(timeline.pullStartedAt())
        .pullStoppedAt(timeline.pullStoppedAt())
        .startedAt(timeline.startedAt())
        .startedBy(task.startedBy())
        .stopCode(task.stopCode())
        .stoppedAt(timeline.stoppedAt())
        .stoppedReason(task.stoppedReason())
        .stoppingAt(timeline.stoppingAt())
        .tags(tags ? task.tags() : List.of())
        .taskArn(task.arn())
        .taskDefinitionArn(task.taskDefinitionArn())
        .version(task.version())
        .build();
  }

  private static Container container(Task task, TaskContainer container) {
    return Container.builder()
        .containerArn(container.arn())
        .taskArn(task.arn())
        .name(container.name())
        .image(container.image())
        .imageDigest(container.imageDigest())
        .runtimeId(container.runtimeId())
        .lastStatus(container.lastStatus())
        .exitCode(container.isStopped() ? container.exitCode() : null)
        .reason(container.reason())
        .networkBindings(container.networkBindings())
        .networkInterfaces(List.of())
        .healthStatus(container.healthStatus())
        .cpu(Integer.toString(container.cpu()))
        .memory(text(container.memory()))
        .memoryReservation(text(container.memoryReservation()))
        .gpuIds(container.gpuIds().isEmpty() ? null : container.gpuIds())
        .build();
  }

  private static @Nullable String text(@Nullable Integer number) {
    return number == null ? null : Integer.toString(number);
  }

  /** One entry per container, of those not overridden just the name. */
  private static TaskOverride overrides(Task task) {
    TaskOverride given = task.overrides();
    Map<String, ContainerOverride> byName = new LinkedHashMap<>();
    for (TaskContainer container : task.containers()) {
      byName.put(container.name(), ContainerOverride.builder().name(container.name()).build());
    }
    if (given != null) {
      Given.list(given.containerOverrides())
          .forEach(override -> byName.put(Given.text(override.name()), override));
    }
    TaskOverride.Builder shown = given == null ? TaskOverride.builder() : given.toBuilder();
    return shown
        .containerOverrides(new ArrayList<>(byName.values()))
        .inferenceAcceleratorOverrides(List.of())
        .build();
  }

  private record Connectivity(@Nullable String status, @Nullable Instant at) {}

  /**
   * A living task is connected as its instance is; that is not kept per task, since a link that
   * flaps would rewrite every task behind it.
   */
  private static Connectivity connectivity(View view, Task task) {
    TaskTimeline timeline = task.timeline();
    Connectivity own = new Connectivity(timeline.connectivity(), timeline.connectivityAt());
    if (task.isStopped() || task.containerInstanceArn() == null) {
      return own;
    }
    ContainerInstance instance = view.find(ContainerInstance.KIND, task.containerInstanceArn());
    if (instance == null || instance.connectedAt() == null) {
      return own;
    }
    Instant created = timeline.createdAt();
    Instant at = instance.connectedAt().isBefore(created) ? created : instance.connectedAt();
    return new Connectivity(instance.agentConnected() ? "CONNECTED" : "DISCONNECTED", at);
  }
}
