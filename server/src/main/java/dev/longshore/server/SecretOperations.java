package dev.longshore.server;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.secret.SecretRoom;
import dev.longshore.shapes.secretsmanager.Secretsmanager;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;

/** Every operation of Secrets Manager. */
final class SecretOperations {
  private SecretOperations() {}

  static Operations all(Vault vault, boolean functions) {
    Operations operations = new Operations(Secretsmanager.MODEL);
    SecretRoom.register(operations, vault, SecretOperations::isPolicy, functions);
    return operations;
  }

  private static boolean isPolicy(String text) {
    try {
      return Json.parse(text) instanceof Json.Fields fields && !fields.at("Statement").isNull();
    } catch (JsonSyntaxException notJson) {
      // The caller is told; there is nothing to add.
      return false;
    }
  }
}
