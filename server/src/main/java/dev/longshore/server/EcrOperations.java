package dev.longshore.server;

import dev.longshore.core.access.EcrNeeds;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.repository.RepositoryRoom;
import dev.longshore.shapes.ecr.Ecr;
import java.util.function.Supplier;

/** Every operation of ECR that is decided or answered from rows alone. */
final class EcrOperations {
  private EcrOperations() {}

  /**
   * @param address host and port of the registry, as clients reach it
   */
  static Operations all(Supplier<String> address) {
    Operations operations = new Operations(Ecr.MODEL);
    operations.needs(new EcrNeeds());
    RepositoryRoom.register(operations, address);
    return operations;
  }
}
