package dev.longshore.simulation.check;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** No port of a host is given to two tasks, nor one that the host keeps, nor opened twice. */
public final class HostPortsAreHeldOnce implements Checker {
  @Override
  public void committed(State before, List<Change<?>> changes, State after, Findings findings) {
    if (changes.stream().noneMatch(change -> change.after(Task.KIND) != null)) {
      return;
    }
    Set<String> held = new HashSet<>();
    for (ContainerInstance instance : after.all(ContainerInstance.KIND)) {
      for (HostPort port : instance.reservedPorts()) {
        held.add(instance.arn() + ' ' + port.protocol() + port.port());
      }
    }
    for (Task task : after.all(Task.KIND)) {
      if (task.containerInstanceArn() != null && !task.isStopped()) {
        for (String port : Needs.of(after, task).ports()) {
          if (!held.add(task.containerInstanceArn() + ' ' + port)) {
            findings.found(
                port
                    + " of "
                    + task.containerInstanceArn()
                    + " was held when "
                    + task.arn()
                    + " was given it");
          }
        }
      }
    }
  }

  @Override
  public void seen(State state, List<Sighting> running, Findings findings) {
    Set<String> open = new HashSet<>();
    for (Sighting sighting : running) {
      for (String port : sighting.hostPorts()) {
        if (!open.add(sighting.machine() + ' ' + port)) {
          findings.found(
              port + " of " + sighting.machine() + " is open twice, also by " + sighting.taskArn());
        }
      }
    }
  }

  /** A container could not open its port because another one has it. */
  public void collided(String machine, String taskArn, int port, Findings findings) {
    findings.found(taskArn + " could not open port " + port + " of " + machine);
  }
}
