package dev.longshore.server;

import dev.longshore.core.key.KeyRoom;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;
import dev.longshore.shapes.kms.Kms;

/** The operations of the key management service on symmetric keys. */
final class KeyOperations {
  private KeyOperations() {}

  static Operations all(Vault vault) {
    Operations operations = new Operations(Kms.MODEL);
    KeyRoom.register(operations, vault);
    return operations;
  }
}
