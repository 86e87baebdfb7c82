package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.PutSecretValueRequest;
import dev.longshore.shapes.secretsmanager.PutSecretValueResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a secret a new value. */
public final class PutSecretValue
    implements Command<PutSecretValueRequest, PutSecretValueResponse> {
  private final Versions versions;

  PutSecretValue(SecretSeals seals) {
    this.versions = new Versions(seals);
  }

  @Override
  public PutSecretValueResponse decide(
      Draft draft, PutSecretValueRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    SecretValue value = SecretValue.given(request.secretString(), request.secretBinary());
    if (value == null) {
      throw new InvalidRequestException("You must provide either SecretString or SecretBinary.");
    }
    SecretVersion version =
        versions.add(
            draft,
            secret,
            Versions.id(request.clientRequestToken(), context),
            value,
            stages(draft, secret, request.versionStages()),
            context);
    return PutSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version.id())
        .versionStages(version.stages())
        .build();
  }

  /** A secret's first value is current, whatever else it is called. */
  private static List<String> stages(Draft draft, Secret secret, @Nullable List<String> given) {
    if (given == null) {
      return List.of(Versions.CURRENT);
    }
    List<String> stages = new ArrayList<>(given);
    if (Secrets.labelled(draft, secret, Versions.CURRENT) == null
        && !stages.contains(Versions.CURRENT)) {
      stages.add(Versions.CURRENT);
    }
    return stages;
  }
}
