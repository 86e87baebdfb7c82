package dev.longshore.server;

import dev.longshore.core.balancing.BalancingRoom;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.service.ServiceRoom;
import dev.longshore.core.task.TaskRoom;
import dev.longshore.shapes.longshore.Longshore;

/** What Longshore offers beside AWS's APIs. */
final class OwnOperations {
  private OwnOperations() {}

  static Operations all() {
    Operations operations = new Operations(Longshore.MODEL);
    TaskRoom.registerOwn(operations);
    ServiceRoom.registerOwn(operations);
    BalancingRoom.registerOwn(operations);
    return operations;
  }
}
