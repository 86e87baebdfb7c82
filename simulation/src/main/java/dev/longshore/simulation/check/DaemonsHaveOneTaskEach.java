package dev.longshore.simulation.check;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.shapes.ecs.PlacementConstraint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * No instance ever holds two tasks of one DAEMON service; and once faults have ceased, each that
 * may take its task has one that runs, and no other has any.
 */
public final class DaemonsHaveOneTaskEach implements Checker {
  private static final String TIER = "attribute:tier == ";

  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    for (Change<?> change : changes) {
      Task task = change.after(Task.KIND);
      if (task == null || change.before(Task.KIND) != null || task.serviceArn() == null) {
        continue;
      }
      Service service = after.find(Service.KIND, task.serviceArn());
      if (service != null && service.isDaemon()) {
        alone(task, after, findings);
      }
    }
  }

  private static void alone(Task started, State state, Findings findings) {
    String instance = Objects.requireNonNull(started.containerInstanceArn());
    for (Task task : state.by(Task.ON_INSTANCE, instance)) {
      if (!task.arn().equals(started.arn())
          && Objects.equals(started.serviceArn(), task.serviceArn())) {
        findings.found(
            started.arn() + " was started on " + instance + " where " + task.arn() + " still is");
      }
    }
  }

  @Override
  public void settled(State state, List<Sighting> running, Findings findings) {
    for (Service service : state.all(Service.KIND)) {
      if (!service.isActive() || !service.isDaemon()) {
        continue;
      }
      Map<String, Integer> byInstance = new LinkedHashMap<>();
      for (Task task : state.by(Task.BY_SERVICE, service.arn())) {
        if (task.isWanted() && task.lastStatus() == TaskStatus.RUNNING) {
          byInstance.merge(String.valueOf(task.containerInstanceArn()), 1, Integer::sum);
        }
      }
      for (ContainerInstance instance : state.all(ContainerInstance.KIND)) {
        int wanted = mayTake(service, instance) ? 1 : 0;
        int found = byInstance.getOrDefault(instance.arn(), 0);
        if (found != wanted) {
          findings.found(
              service.arn() + " has " + found + " tasks on " + instance.arn() + ", not " + wanted);
        }
      }
    }
  }

  /** By the only constraint that users of the simulation know. */
  private static boolean mayTake(Service service, ContainerInstance instance) {
    if (!instance.isActive() || !instance.agentConnected()) {
      return false;
    }
    List<PlacementConstraint> constraints = service.specification().placementConstraints();
    for (PlacementConstraint constraint :
        Objects.requireNonNullElse(constraints, List.<PlacementConstraint>of())) {
      String tier = String.valueOf(constraint.expression()).substring(TIER.length());
      if (!tier.equals(instance.attribute("tier"))) {
        return false;
      }
    }
    return true;
  }
}
