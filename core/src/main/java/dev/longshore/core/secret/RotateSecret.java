package dev.longshore.core.secret;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.RotateSecretRequest;
import dev.longshore.shapes.secretsmanager.RotateSecretResponse;

/**
 * Says why a secret cannot be rotated: there are no functions here that could do it. Callers rotate
 * by {@link PutSecretValue}, which moves the labels as a rotation does.
 */
public final class RotateSecret implements Query<RotateSecretRequest, RotateSecretResponse> {
  @Override
  public RotateSecretResponse answer(View view, RotateSecretRequest request, Context context) {
    Secrets.usable(view, request.secretId());
    RotationSchedule.check(request.rotationRules());
    if (request.rotationLambdaARN() == null || request.rotationLambdaARN().isEmpty()) {
      throw new InvalidRequestException(
          "No Lambda rotation function ARN is associated with this secret.");
    }
    throw new ServiceException(
        "AccessDeniedException",
        400,
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function"
            + " policy grants access to the principal secretsmanager.amazonaws.com.");
  }
}
