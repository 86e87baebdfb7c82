package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.RotateSecretRequest;
import dev.longshore.shapes.secretsmanager.RotateSecretResponse;
import org.jspecify.annotations.Nullable;

/** Says how a secret is rotated, and, unless told otherwise, begins with it. */
public final class RotateSecret implements Command<RotateSecretRequest, RotateSecretResponse> {
  private final boolean functions;

  /**
   * @param functions whether there is somebody who runs functions
   */
  RotateSecret(boolean functions) {
    this.functions = functions;
  }

  @Override
  public RotateSecretResponse decide(Draft draft, RotateSecretRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    RotationSchedule.check(request.rotationRules());
    SecretRotation before = secret.rotation();
    SecretRotation rotation = rotation(before, request, context);
    String version = Versions.id(request.clientRequestToken(), context);
    if (before != null && before.run() != null && before.run().versionId().equals(version)) {
      return answer(secret, version);
    }
    if ((before != null && before.run() != null) || Rotations.unfinished(draft, secret) != null) {
      throw new InvalidRequestException(
          "A previous rotation isn't complete. That rotation will be reattempted.");
    }
    if (Boolean.FALSE.equals(request.rotateImmediately())) {
      Rotations.put(draft, secret, rotation);
      return answer(secret, null);
    }
    Rotations.begin(draft, secret, rotation, version, context);
    return answer(secret, version);
  }

  private SecretRotation rotation(
      @Nullable SecretRotation before, RotateSecretRequest request, Context context) {
    String function = request.rotationLambdaARN();
    if ((function == null || function.isEmpty()) && before != null) {
      function = before.functionArn();
    }
    if (function == null || function.isEmpty()) {
      throw new InvalidRequestException(
          "No Lambda rotation function ARN is associated with this secret.");
    }
    if (!function.contains(":lambda:") || Arn.parse(function).isEmpty()) {
      throw new InvalidParameterException("The Lambda rotation function ARN isn't valid.");
    }
    if (!functions) {
      throw new ServiceException(
          "AccessDeniedException",
          400,
          "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function"
              + " policy grants access to the principal secretsmanager.amazonaws.com.");
    }
    SecretRotation.Rules rules =
        RotationSchedule.rules(
            request.rotationRules(), before == null ? SecretRotation.Rules.NONE : before.rules());
    return new SecretRotation(
        function,
        true,
        rules,
        before == null ? null : before.rotatedAt(),
        RotationSchedule.next(rules, context.now()),
        null);
  }

  private static RotateSecretResponse answer(Secret secret, @Nullable String version) {
    return new RotateSecretResponse(secret.arn(), secret.name(), version);
  }
}
