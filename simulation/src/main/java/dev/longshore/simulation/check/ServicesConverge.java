package dev.longshore.simulation.check;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.State;
import java.util.List;

/**
 * Once faults have ceased every service has as many running tasks as are desired, all of its newest
 * deployment, and a deleted one has none.
 */
public final class ServicesConverge implements Checker {
  @Override
  public void settled(State state, List<Sighting> running, Findings findings) {
    for (Service service : state.all(Service.KIND)) {
      int wanted = 0;
      int others = 0;
      String newest = service.isActive() ? service.primary().id() : "";
      for (Task task : state.by(Task.BY_SERVICE, service.arn())) {
        if (!task.isStopped()) {
          boolean good =
              newest.equals(task.deploymentId())
                  && task.isWanted()
                  && task.lastStatus() == TaskStatus.RUNNING;
          wanted += good ? 1 : 0;
          others += good ? 0 : 1;
        }
      }
      if (wanted != service.desiredCount() || others > 0) {
        findings.found(
            service.arn()
                + " wants "
                + service.desiredCount()
                + " tasks and has "
                + wanted
                + ", and "
                + others
                + " that should not be");
      }
      if (service.isActive() && service.deployments().size() != 1) {
        findings.found(
            service.arn() + " still has " + service.deployments().size() + " deployments");
      }
      if (service.status().equals(Service.DRAINING)) {
        findings.found(service.arn() + " is still DRAINING");
      }
    }
  }
}
