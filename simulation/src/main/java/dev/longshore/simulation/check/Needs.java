package dev.longshore.simulation.check;

import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.PortMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task takes of its instance, worked out from its definition alone: the checkers do not
 * believe the numbers that the control plane wrote down.
 */
record Needs(int cpu, int memory, List<String> ports) {
  static Needs of(View view, Task task) {
    TaskDefinition row =
        view.find(TaskDefinition.KIND, TaskDefinition.keyOfArn(task.taskDefinitionArn()));
    if (row == null) {
      return new Needs(task.cpu(), task.memory(), List.of());
    }
    int cpu = 0;
    int memory = 0;
    List<String> ports = new ArrayList<>();
    for (ContainerDefinition container : orNone(row.definition().containerDefinitions())) {
      cpu += or(container.cpu(), 0);
      memory += or(container.memoryReservation(), or(container.memory(), 0));
      for (PortMapping mapping : orNone(container.portMappings())) {
        if (or(mapping.hostPort(), 0) > 0) {
          ports.add((mapping.protocol() == null ? "tcp" : mapping.protocol()) + mapping.hostPort());
        }
      }
    }
    String wholeCpu = row.definition().cpu();
    String wholeMemory = row.definition().memory();
    return new Needs(
        wholeCpu == null ? cpu : Integer.parseInt(wholeCpu),
        wholeMemory == null ? memory : Integer.parseInt(wholeMemory),
        ports);
  }

  private static int or(@Nullable Integer number, int other) {
    return number == null ? other : number;
  }

  private static <T> List<T> orNone(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
