package dev.longshore.server;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.parameter.ParameterRoom;
import dev.longshore.shapes.ssm.Ssm;

/** The operations of Systems Manager that are the Parameter Store's. */
final class ParameterOperations {
  private ParameterOperations() {}

  static Operations all(Vault vault) {
    Operations operations = new Operations(Ssm.MODEL);
    ParameterRoom.register(operations, vault);
    return operations;
  }
}
