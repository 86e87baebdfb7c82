package dev.longshore.core.secret;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.CancelRotateSecretRequest;
import dev.longshore.shapes.secretsmanager.CancelRotateSecretResponse;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;

/** Says that there is no rotation to end, for {@link RotateSecret} begins none. */
public final class CancelRotateSecret
    implements Query<CancelRotateSecretRequest, CancelRotateSecretResponse> {
  @Override
  public CancelRotateSecretResponse answer(
      View view, CancelRotateSecretRequest request, Context context) {
    Secrets.usable(view, request.secretId());
    throw new InvalidRequestException(
        "You tried to enable rotation on a secret that doesn't already have a Lambda function ARN"
            + " configured and you didn't include such an ARN as a parameter in this call.");
  }
}
