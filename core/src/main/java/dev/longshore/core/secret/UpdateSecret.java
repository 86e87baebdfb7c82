package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.UpdateSecretRequest;
import dev.longshore.shapes.secretsmanager.UpdateSecretResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes what is said of a secret, and its value where one is given. */
public final class UpdateSecret implements Command<UpdateSecretRequest, UpdateSecretResponse> {
  private final Versions versions;

  UpdateSecret(SecretSeals seals) {
    this.versions = new Versions(seals);
  }

  @Override
  public UpdateSecretResponse decide(Draft draft, UpdateSecretRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    if (request.type() != null && !request.type().isEmpty()) {
      throw new InvalidParameterException("There are no managed external secrets here.");
    }
    if (request.description() != null) {
      secret = secret.edit().description(request.description()).changed(context.now()).build();
    }
    if (request.kmsKeyId() != null) {
      secret = secret.edit().key(named(request.kmsKeyId())).changed(context.now()).build();
      versions.sealAnew(draft, secret, context);
    }
    draft.put(Secret.KIND, secret);
    SecretValue value = SecretValue.given(request.secretString(), request.secretBinary());
    String version = null;
    if (value != null) {
      String id = Versions.id(request.clientRequestToken(), context);
      version = versions.add(draft, secret, id, value, List.of(Versions.CURRENT), context).id();
    }
    return UpdateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version)
        .build();
  }

  /** An empty text means the service's own key again. */
  private static @Nullable String named(String keyId) {
    return keyId.isEmpty() ? null : keyId;
  }
}
