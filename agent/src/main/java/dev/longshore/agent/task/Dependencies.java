package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.Condition;
import dev.longshore.agent.task.ContainerSpec.Dependency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The order in which a task's containers come up and go down. */
final class Dependencies {
  private Dependencies() {}

  /** What a container's dependencies say about going on. */
  sealed interface Verdict {
    record Ready() implements Verdict {}

    record Wait() implements Verdict {}

    record Never(String reason) implements Verdict {}
  }

  /** Whether every container can be reached by starting others first. */
  static boolean resolvable(List<ContainerSpec> containers) {
    List<String> reached = new ArrayList<>();
    List<ContainerSpec> left = new ArrayList<>(containers);
    boolean progress = true;
    while (progress) {
      progress =
          left.removeIf(container -> {
            boolean ready =
                container.dependencies().stream()
                    .allMatch(dependency -> reached.contains(dependency.container()));
            if (ready) {
              reached.add(container.name());
            }
            return ready;
          });
    }
    return left.isEmpty();
  }

  /** Whether the container's image may be pulled now; asked until it has been once. */
  static Verdict verdict(TaskDraft task, ContainerDraft target, Instant now) {
    Verdict verdict = new Verdict.Ready();
    for (Dependency dependency : target.spec.dependencies()) {
      ContainerDraft other = task.container(dependency.container()).orElse(null);
      if (other == null) {
        return new Verdict.Never(
            "dependency graph: container ordering dependency ["
                + dependency.container()
                + "] for target ["
                + target
                + "] does not exist.");
      }
      Optional<String> failure = failure(other, target, dependency.condition(), now);
      if (failure.isPresent()) {
        return new Verdict.Never(failure.get());
      }
      if (!met(other, dependency.condition())) {
        verdict = new Verdict.Wait();
      }
    }
    return verdict;
  }

  private static boolean met(ContainerDraft other, Condition condition) {
    return switch (condition) {
      case CREATE -> other.known.atLeast(ContainerStatus.CREATED) && other.dockerId != null;
      case START -> other.startedAt != null;
      case COMPLETE -> other.stopped() && other.startedAt != null;
      case SUCCESS -> succeeded(other);
      case HEALTHY ->
          other.known == ContainerStatus.RUNNING
              && other.spec.healthChecked()
              && other.health == HealthStatus.HEALTHY;
    };
  }

  private static boolean succeeded(ContainerDraft other) {
    return other.stopped() && other.exitCode != null && other.exitCode == 0;
  }

  private static Optional<String> failure(
      ContainerDraft other, ContainerDraft target, Condition condition, Instant now) {
    if (met(other, condition)) {
      return Optional.empty();
    }
    if (!other.stopped()) {
      Instant limit = timeLimit(other, condition);
      return limit == null || now.isBefore(limit)
          ? Optional.empty()
          : Optional.of(
              "dependency graph: container ordering dependency ["
                  + other
                  + "] for target ["
                  + target
                  + "] has timed out.");
    }
    String unresolved =
        "dependency graph: failed to resolve container ordering dependency ["
            + other
            + "] for target ["
            + target
            + "] ";
    return Optional.of(
        condition == Condition.SUCCESS && other.exitCode != null
            ? unresolved + "as dependency did not exit successfully."
            : unresolved + "because dependency will never start");
  }

  /** When waiting for the other container ends; null for no limit or before it has started. */
  private static @Nullable Instant timeLimit(ContainerDraft other, Condition condition) {
    boolean limited =
        condition == Condition.COMPLETE
            || condition == Condition.SUCCESS
            || condition == Condition.HEALTHY;
    return limited && other.spec.startTimeout() > 0 && other.startedAt != null
        ? other.startedAt.plusSeconds(other.spec.startTimeout())
        : null;
  }

  /** When the next of the container's dependencies runs out of time, if any does. */
  static @Nullable Instant deadline(TaskDraft task, ContainerDraft target) {
    Instant earliest = null;
    for (Dependency dependency : target.spec.dependencies()) {
      ContainerDraft other = task.container(dependency.container()).orElse(null);
      if (other == null || other.stopped() || met(other, dependency.condition())) {
        continue;
      }
      earliest = earlier(earliest, timeLimit(other, dependency.condition()));
    }
    return earliest;
  }

  static @Nullable Instant earlier(@Nullable Instant a, @Nullable Instant b) {
    return a == null || (b != null && b.isBefore(a)) ? b : a;
  }

  /** Whether all containers that need this one have stopped, so that it may go. */
  static boolean mayStop(TaskDraft task, ContainerDraft container) {
    return task.containers.stream()
        .filter(other ->
            other.spec.dependencies().stream()
                .anyMatch(d -> d.container().equals(container.name())))
        .allMatch(ContainerDraft::stopped);
  }
}
