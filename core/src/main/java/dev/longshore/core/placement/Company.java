package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;

/** Tells how many tasks of the task's group, with desired status RUNNING, an instance holds. */
@FunctionalInterface
public interface Company {
  int tasksOn(ContainerInstance instance);
}
