package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.CancelRotateSecretRequest;
import dev.longshore.shapes.secretsmanager.CancelRotateSecretResponse;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;

/**
 * Ends a secret's rotation, the one under way, too. As on AWS its version stays, and stays pending.
 */
public final class CancelRotateSecret
    implements Command<CancelRotateSecretRequest, CancelRotateSecretResponse> {
  @Override
  public CancelRotateSecretResponse decide(
      Draft draft, CancelRotateSecretRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    SecretRotation rotation = secret.rotation();
    if (rotation == null) {
      throw new InvalidRequestException(
          "You tried to enable rotation on a secret that doesn't already have a Lambda function ARN"
              + " configured and you didn't include such an ARN as a parameter in this call.");
    }
    Rotations.put(
        draft,
        secret,
        new SecretRotation(
            rotation.functionArn(), false, rotation.rules(), rotation.rotatedAt(), null, null));
    return new CancelRotateSecretResponse(
        secret.arn(), secret.name(), rotation.run() == null ? null : rotation.run().versionId());
  }
}
