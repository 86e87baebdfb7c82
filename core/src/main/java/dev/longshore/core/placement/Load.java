package dev.longshore.core.placement;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskContainer;

/**
 * What one task takes of its instance.
 *
 * @param memory MiB
 * @param ports as {@link Ports} numbers them
 * @param gpus how many
 * @param interfaces 1 where the task has a network interface of its own, else 0
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and read in the innermost loop.
record Load(int cpu, int memory, int[] ports, int gpus, int interfaces) {
  /** In the number of a cell where such a task may go, these bits are set. */
  int cells() {
    return (gpus > 0 ? Cohort.GPU : 0) | (interfaces > 0 ? Cohort.INTERFACE : 0);
  }

  static Load of(Demand demand) {
    return new Load(
        demand.cpu(),
        demand.memory(),
        Ports.numbers(demand.ports()),
        demand.gpus(),
        demand.networkInterfaces());
  }

  static Load of(Task task) {
    int gpus = 0;
    for (TaskContainer container : task.containers()) {
      gpus += container.gpuIds().size();
    }
    return new Load(
        task.cpu(), task.memory(), Ports.numbers(task.ports()), gpus, task.networkInterfaces());
  }
}
