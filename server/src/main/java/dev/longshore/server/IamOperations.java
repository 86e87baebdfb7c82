package dev.longshore.server;

import dev.longshore.core.identity.IdentityRoom;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;
import dev.longshore.server.identity.PemCertificates;
import dev.longshore.shapes.iam.Iam;

/** Every operation of IAM that is built. */
final class IamOperations {
  private IamOperations() {}

  static Operations all(Vault vault) {
    Operations operations = new Operations(Iam.MODEL);
    IdentityRoom.register(operations, vault, new PemCertificates());
    return operations;
  }
}
