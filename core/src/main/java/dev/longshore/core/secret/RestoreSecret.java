package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.RestoreSecretRequest;
import dev.longshore.shapes.secretsmanager.RestoreSecretResponse;

/** Takes a deletion back that is not done yet. */
public final class RestoreSecret implements Command<RestoreSecretRequest, RestoreSecretResponse> {
  @Override
  public RestoreSecretResponse decide(Draft draft, RestoreSecretRequest request, Context context) {
    Secret secret = Secrets.existing(draft, request.secretId());
    draft.put(Secret.KIND, secret.edit().deleted(null, null).build());
    return new RestoreSecretResponse(secret.arn(), secret.name());
  }
}
