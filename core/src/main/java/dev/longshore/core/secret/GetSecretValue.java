package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.GetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.GetSecretValueResponse;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Shows a value. A command, for the day of the last look is kept. */
public final class GetSecretValue
    implements Command<GetSecretValueRequest, GetSecretValueResponse> {
  private final SecretSeals seals;

  GetSecretValue(SecretSeals seals) {
    this.seals = seals;
  }

  @Override
  public GetSecretValueResponse decide(
      Draft draft, GetSecretValueRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    SecretVersion version = version(draft, secret, request.versionId(), request.versionStage());
    SecretValue value = seals.opened(draft, version, context);
    accessed(draft, secret, context.now());
    return GetSecretValueResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version.id())
        .secretString(value.text())
        .secretBinary(value.blob())
        .versionStages(version.stages().isEmpty() ? null : version.stages())
        .createdDate(version.createdAt())
        .build();
  }

  /** AWS shows no more than the day either; so a secret read often is written once a day. */
  static void accessed(Draft draft, Secret secret, Instant now) {
    draft.put(Secret.KIND, secret.edit().accessed(now.truncatedTo(ChronoUnit.DAYS)).build());
  }

  /** The version that both mean, or the current one where neither is given. */
  static SecretVersion version(
      View view, Secret secret, @Nullable String id, @Nullable String stage) {
    if (id != null) {
      SecretVersion version = Secrets.version(view, secret, id);
      if (version == null || version.isEmpty()) {
        throw Secrets.notFound(
            "Secrets Manager can't find the specified secret value for VersionId: " + id);
      }
      if (stage != null && !version.stages().contains(stage)) {
        throw new InvalidRequestException(
            "You provided a VersionStage that is not associated to the provided VersionId.");
      }
      return version;
    }
    String wanted = stage == null ? Versions.CURRENT : stage;
    SecretVersion version = Secrets.labelled(view, secret, wanted);
    if (version == null || version.isEmpty()) {
      throw Secrets.notFound(
          "Secrets Manager can't find the specified secret value for staging label: " + wanted);
    }
    return version;
  }
}
