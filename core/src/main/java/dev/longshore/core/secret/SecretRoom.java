package dev.longshore.core.secret;

import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Vault;
import java.util.function.Predicate;

/** Registers the actions of Secrets Manager. */
public final class SecretRoom {
  private SecretRoom() {}

  /**
   * Registers them.
   *
   * @param policies says which texts are policies
   * @param functions whether there is somebody who runs functions
   */
  public static void register(
      Operations operations, Vault vault, Predicate<String> policies, boolean functions) {
    SecretSeals seals = new SecretSeals(vault);
    operations.command("CreateSecret", new CreateSecret(seals));
    operations.command("GetSecretValue", new GetSecretValue(seals));
    operations.command("BatchGetSecretValue", new BatchGetSecretValue(seals));
    operations.command("PutSecretValue", new PutSecretValue(seals));
    operations.command("UpdateSecret", new UpdateSecret(seals));
    operations.query("DescribeSecret", new DescribeSecret());
    operations.query("ListSecrets", new ListSecrets());
    operations.command("DeleteSecret", new DeleteSecret());
    operations.command("RestoreSecret", new RestoreSecret());
    operations.command("UpdateSecretVersionStage", new UpdateSecretVersionStage());
    operations.query("ListSecretVersionIds", new ListSecretVersionIds());
    operations.command("RotateSecret", new RotateSecret(functions));
    operations.command("CancelRotateSecret", new CancelRotateSecret());
    operations.command("TagResource", new TagResource());
    operations.command("UntagResource", new UntagResource());
    operations.command("PutResourcePolicy", new PutResourcePolicy(policies));
    operations.query("GetResourcePolicy", new GetResourcePolicy());
    operations.command("DeleteResourcePolicy", new DeleteResourcePolicy());
    operations.query("ValidateResourcePolicy", new ValidateResourcePolicy(policies));
    operations.query("GetRandomPassword", new GetRandomPassword(vault));
    operations.reconciler(new SecretReconciler());
    operations.reconciler(new RotationReconciler());
    operations.needs(new SecretNeeds());
  }
}
