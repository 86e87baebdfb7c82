package dev.longshore.core.task;

import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.NetworkBinding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What agents' reports make of the containers of a task. */
final class ContainerTransitions {
  private static final List<String> ORDER = List.of("PENDING", "RUNNING", "STOPPED");
  private static final int MAX_REASON = 1024;
  private static final int MAX_TEXT = 255;

  /** Agents list bindings in a chance order; sorted, a repeated report is seen to be one. */
  private static final Comparator<NetworkBinding> BY_PORT =
      Comparator.comparingInt((NetworkBinding binding) -> orZero(binding.containerPort()))
          .thenComparing(binding -> Given.text(binding.containerPortRange()))
          .thenComparing(binding -> Given.text(binding.protocol()))
          .thenComparing(binding -> Given.text(binding.bindIP()))
          .thenComparingInt(binding -> orZero(binding.hostPort()));

  private ContainerTransitions() {}

  static boolean isStatus(String status) {
    return ORDER.contains(status);
  }

  /**
   * Applies the entries in their order. One report may hold a container twice, as it ran and as it
   * stopped. Containers that the task does not have are the agent's own and are passed over.
   */
  static List<TaskContainer> applied(
      List<TaskContainer> containers, List<ContainerStateChange> entries) {
    if (entries.isEmpty()) {
      return containers;
    }
    List<TaskContainer> result = new ArrayList<>(containers);
    for (ContainerStateChange entry : entries) {
      result.replaceAll(container ->
          container.name().equals(entry.containerName()) ? applied(container, entry) : container);
    }
    return List.copyOf(result);
  }

  /** A container only moves forward, and once STOPPED it stays as it is. */
  private static TaskContainer applied(TaskContainer container, ContainerStateChange entry) {
    String status = entry.status() == null ? container.lastStatus() : entry.status();
    if (container.isStopped() || ORDER.indexOf(status) < ORDER.indexOf(container.lastStatus())) {
      return container;
    }
    List<NetworkBinding> bindings = entry.networkBindings();
    return container.reported(
        status,
        cut(entry.runtimeId(), MAX_TEXT),
        cut(entry.imageDigest(), MAX_TEXT),
        entry.exitCode(),
        cut(entry.reason(), MAX_REASON),
        bindings == null ? null : bindings.stream().sorted(BY_PORT).toList());
  }

  /** The containers of a task that is over, whatever was heard of them. */
  static List<TaskContainer> stopped(List<TaskContainer> containers) {
    return containers.stream()
        .map(container ->
            container.isStopped()
                ? container
                : container.reported("STOPPED", null, null, null, null, null))
        .toList();
  }

  /** An empty text tells nothing, as an absent one. */
  private static @Nullable String cut(@Nullable String text, int length) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    return text.length() <= length ? text : text.substring(0, length);
  }

  private static int orZero(@Nullable Integer number) {
    return number == null ? 0 : number;
  }
}
