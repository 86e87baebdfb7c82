package dev.longshore.simulation.check;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an instance's tasks need never exceeds what it registered: CPU, memory, GPUs. */
public final class InstancesAreNeverOvercommitted implements Checker {
  private static final class Sum {
    int cpu;
    int memory;
    final Set<String> gpus = new HashSet<>();
  }

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    boolean matters =
        changes.stream()
            .anyMatch(change ->
                change.row(Task.KIND) != null || change.row(ContainerInstance.KIND) != null);
    if (matters) {
      check(after, findings);
    }
  }

  private static void check(State state, Findings findings) {
    Map<String, Sum> sums = new HashMap<>();
    for (Task task : state.all(Task.KIND)) {
      if (task.containerInstanceArn() != null && !task.isStopped()) {
        Sum sum = sums.computeIfAbsent(task.containerInstanceArn(), arn -> new Sum());
        Needs needs = Needs.of(state, task);
        sum.cpu += needs.cpu();
        sum.memory += needs.memory();
        for (TaskContainer container : task.containers()) {
          for (String gpu : container.gpuIds()) {
            if (!sum.gpus.add(gpu)) {
              findings.found(
                  "GPU "
                      + gpu
                      + " of "
                      + task.containerInstanceArn()
                      + " is held twice, also by "
                      + task.arn());
            }
          }
        }
      }
    }
    for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
      Sum sum = sums.get(instance.arn());
      if (sum != null) {
        compare(instance, sum, findings);
      }
    }
  }

  private static void compare(ContainerInstance instance, Sum sum, Findings findings) {
    if (sum.cpu > instance.cpu() || sum.memory > instance.memory()) {
      findings.found(
          instance.arn()
              + " has "
              + instance.cpu()
              + " CPU and "
              + instance.memory()
              + " MiB, and its tasks hold "
              + sum.cpu
              + " and "
              + sum.memory);
    }
    if (!instance.gpus().containsAll(sum.gpus)) {
      findings.found(instance.arn() + " has GPUs " + instance.gpus() + ", not " + sum.gpus);
    }
  }
}
