package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.DeleteSecretRequest;
import dev.longshore.shapes.secretsmanager.DeleteSecretResponse;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import java.time.Duration;
import java.time.Instant;

/** Has a secret deleted after a window in which it can be restored, or at once. */
public final class DeleteSecret implements Command<DeleteSecretRequest, DeleteSecretResponse> {
  private static final long LEAST_DAYS = 7;
  private static final long MOST_DAYS = 30;

  @Override
  public DeleteSecretResponse decide(Draft draft, DeleteSecretRequest request, Context context) {
    Long days = request.recoveryWindowInDays();
    boolean force = Boolean.TRUE.equals(request.forceDeleteWithoutRecovery());
    if (force && days != null) {
      throw new InvalidParameterException(
          "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.");
    }
    if (days != null && (days < LEAST_DAYS || days > MOST_DAYS)) {
      throw new InvalidParameterException(
          "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).");
    }
    if (force) {
      return atOnce(draft, request.secretId(), context);
    }
    Secret secret = Secrets.usable(draft, request.secretId());
    Instant due = context.now().plus(Duration.ofDays(days == null ? MOST_DAYS : days));
    draft.put(Secret.KIND, secret.edit().deleted(context.now(), due).build());
    return answer(secret.arn(), secret.name(), due);
  }

  /** AWS takes it for done where there is no such secret. */
  private static DeleteSecretResponse atOnce(Draft draft, String id, Context context) {
    Secret secret = Secrets.find(draft, id);
    if (secret != null) {
      Secrets.remove(draft, secret);
      return answer(secret.arn(), secret.name(), context.now());
    }
    if (Arn.isMeant(id)) {
      return answer(id, id.substring(id.lastIndexOf(':') + 1), context.now());
    }
    SecretRules.checkName(id);
    return answer(SecretRules.arn(id, context), id, context.now());
  }

  private static DeleteSecretResponse answer(String arn, String name, Instant date) {
    return DeleteSecretResponse.builder().arn(arn).name(name).deletionDate(date).build();
  }
}
