package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.UpdateSecretVersionStageRequest;
import dev.longshore.shapes.secretsmanager.UpdateSecretVersionStageResponse;

/** Moves a staging label to another version, or takes it away. */
public final class UpdateSecretVersionStage
    implements Command<UpdateSecretVersionStageRequest, UpdateSecretVersionStageResponse> {
  @Override
  public UpdateSecretVersionStageResponse decide(
      Draft draft, UpdateSecretVersionStageRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    String stage = request.versionStage();
    String to = request.moveToVersionId();
    String from = request.removeFromVersionId();
    SecretVersion holder = Secrets.labelled(draft, secret, stage);
    if (to == null && stage.equals(Versions.CURRENT)) {
      throw new InvalidParameterException(
          "You can only move staging label AWSCURRENT to a different secret version. It can’t be"
              + " completely removed.");
    }
    if (holder != null && !holder.id().equals(to) && !holder.id().equals(from)) {
      throw new InvalidParameterException(
          "The parameter RemoveFromVersionId can't be empty. Staging label "
              + stage
              + " is currently attached to version "
              + holder.id()
              + ", so you must explicitly reference that version in RemoveFromVersionId.");
    }
    if (from != null && (holder == null || !holder.id().equals(from))) {
      throw new InvalidParameterException(
          "Staging label " + stage + " is not attached to version " + from + ".");
    }
    if (to != null) {
      Versions.label(draft, secret, to, stage);
    } else if (holder != null) {
      Versions.drop(draft, holder, stage);
    }
    draft.put(Secret.KIND, secret.edit().changed(context.now()).build());
    return new UpdateSecretVersionStageResponse(secret.arn(), secret.name());
  }
}
