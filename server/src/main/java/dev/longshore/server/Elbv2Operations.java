package dev.longshore.server;

import dev.longshore.core.balancing.AddressPool;
import dev.longshore.core.balancing.BalancingRoom;
import dev.longshore.core.operation.Operations;
import dev.longshore.shapes.elbv2.Elbv2;

/** Every operation of Elastic Load Balancing. */
final class Elbv2Operations {
  private Elbv2Operations() {}

  static Operations all(AddressPool pool) {
    Operations operations = new Operations(Elbv2.MODEL);
    BalancingRoom.register(operations, pool);
    return operations;
  }
}
