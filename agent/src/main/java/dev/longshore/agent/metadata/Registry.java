package dev.longshore.agent.metadata;

import dev.longshore.agent.task.ContainerRow;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The agents of this process, and what is found in them. */
final class Registry implements TaskEndpoints {
  private final List<TaskSource> agents = new CopyOnWriteArrayList<>();

  /** A task, and the agent that has it. */
  record FoundTask(TaskSource agent, TaskRow task) {}

  /** A container that the engine knows, with its task. */
  record FoundContainer(TaskSource agent, TaskRow task, ContainerRow container) {
    FoundTask foundTask() {
      return new FoundTask(agent, task);
    }

    String dockerId() {
      var id = container.dockerId();
      return id == null ? "" : id;
    }
  }

  /** Credentials, and the task they belong to unless that has gone. */
  record FoundCredentials(TaskSource agent, RoleCredentials credentials, Optional<TaskRow> task) {}

  @Override
  public Registration register(TaskSource agent) {
    agents.add(agent);
    return () -> agents.remove(agent);
  }

  List<TaskSource> agents() {
    return List.copyOf(agents);
  }

  Optional<FoundContainer> byEndpoint(String endpointId) {
    return find(task -> true, container -> container.endpointId().equals(endpointId));
  }

  Optional<FoundContainer> byDockerId(TaskRow task, String dockerId) {
    return find(task::equals, container -> dockerId.equals(container.dockerId()));
  }

  private Optional<FoundContainer> find(
      Predicate<TaskRow> tasks, Predicate<ContainerRow> containers) {
    for (var agent : agents) {
      for (var task : agent.tasks()) {
        if (!tasks.test(task)) {
          continue;
        }
        for (var container : task.containers()) {
          if (containers.test(container)) {
            return Optional.of(new FoundContainer(agent, task, container));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The task with a network of its own that has this address. */
  Optional<FoundTask> byAddress(String address) {
    return find(
            task -> task.spec().networkMode().equals("awsvpc"),
            container -> {
              var view = container.view();
              return view != null
                  && view.networks().stream()
                      .anyMatch(n -> n.ipv4().contains(address) || n.ipv6().contains(address));
            })
        .map(FoundContainer::foundTask);
  }

  Optional<FoundCredentials> credentials(String id) {
    for (var agent : agents) {
      var credentials = agent.credentials(id);
      if (credentials.isPresent()) {
        var task = agent.tasks().stream().filter(row -> uses(row, id)).findFirst();
        return Optional.of(new FoundCredentials(agent, credentials.get(), task));
      }
    }
    return Optional.empty();
  }

  private static boolean uses(TaskRow task, String id) {
    return id.equals(task.spec().roleCredentialsId())
        || id.equals(task.spec().executionRoleCredentialsId());
  }
}
