package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.task.TaskStops;
import java.time.Instant;

/** Stops tasks for a service's reasons, in ECS's words. */
final class Stops {
  private static final String CODE = "ServiceSchedulerInitiated";

  private Stops() {}

  /** Because fewer are desired, or another is to take its place. */
  static Task scaled(Draft draft, Service service, Task task, Instant now) {
    String starter =
        service.hasTaskSets() ? Given.text(task.deploymentId()) : service.primary().id();
    String initiator = "(deployment " + starter + ')';
    return TaskStops.stop(draft, task, CODE, "Scaling activity initiated by " + initiator, now);
  }

  /** Because another one was started in a zone with fewer. */
  static Task rebalanced(Draft draft, Service service, Task task, Instant now) {
    String initiator = "(deployment " + service.primary().id() + ')';
    return TaskStops.stop(
        draft, task, CODE, "Availability-zone rebalancing initiated by " + initiator, now);
  }

  /** Because it is unhealthy; an event says where. */
  static Task unhealthy(Draft draft, Task task, ServiceEvents events, Instant now) {
    for (Target target : draft.by(Target.OF_TASK, task.arn())) {
      if (target.health().equals(Target.UNHEALTHY)) {
        String group = "(target-group " + target.targetGroupArn() + ')';
        events.write(
            "(instance "
                + target.id()
                + ") (port "
                + target.port()
                + ") is unhealthy in "
                + group
                + " due to (reason "
                + target.description()
                + ')');
        return TaskStops.stop(draft, task, CODE, "Task failed ELB health checks in " + group, now);
      }
    }
    events.write("(task " + task.id() + ") failed container health checks.");
    return TaskStops.stop(draft, task, CODE, "Task failed container health checks", now);
  }
}
