package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.CreateSecretRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretResponse;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.InvalidRequestException;
import dev.longshore.shapes.secretsmanager.LimitExceededException;
import dev.longshore.shapes.secretsmanager.ResourceExistsException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Creates a secret, with or without a first value. */
public final class CreateSecret implements Command<CreateSecretRequest, CreateSecretResponse> {
  /** Secrets that one region of an account may have. */
  private static final int MOST = 500_000;

  private final SecretSeals seals;
  private final Versions versions;

  CreateSecret(SecretSeals seals) {
    this.seals = seals;
    this.versions = new Versions(seals);
  }

  @Override
  public CreateSecretResponse decide(Draft draft, CreateSecretRequest request, Context context) {
    String name = request.name();
    SecretRules.checkName(name);
    if (!Given.list(request.addReplicaRegions()).isEmpty()) {
      throw new InvalidParameterException(
          "Secrets are not replicated: this control plane has one region.");
    }
    if (request.type() != null && !request.type().isEmpty()) {
      throw new InvalidParameterException("There are no managed external secrets here.");
    }
    SecretValue value = SecretValue.given(request.secretString(), request.secretBinary());
    Secret existing = draft.find(Secret.KIND, name);
    if (existing != null) {
      return repeated(draft, existing, request, value, context);
    }
    if (draft.count(Secret.KIND) >= MOST) {
      throw new LimitExceededException("You can't have more than " + MOST + " secrets.");
    }
    Secret secret =
        new Secret(
            name,
            SecretRules.arn(name, context),
            request.description(),
            request.kmsKeyId(),
            SecretRules.tagged(Collections.emptyMap(), request.tags()),
            null,
            context.now(),
            context.now(),
            null,
            null,
            null,
            null);
    draft.put(Secret.KIND, secret);
    return answer(secret, first(draft, secret, request, value, context));
  }

  private @Nullable String first(
      Draft draft,
      Secret secret,
      CreateSecretRequest request,
      @Nullable SecretValue value,
      Context context) {
    if (value == null) {
      return null;
    }
    String id = Versions.id(request.clientRequestToken(), context);
    return versions.add(draft, secret, id, value, List.of(Versions.CURRENT), context).id();
  }

  /** The same call again, which clients make when they missed its answer, creates nothing. */
  private CreateSecretResponse repeated(
      Draft draft,
      Secret existing,
      CreateSecretRequest request,
      @Nullable SecretValue value,
      Context context) {
    if (existing.deletedAt() != null) {
      throw new InvalidRequestException(
          "You can't create this secret because a secret with this name is already scheduled for"
              + " deletion.");
    }
    String token = request.clientRequestToken();
    SecretVersion version = token == null ? null : Secrets.version(draft, existing, token);
    if (version != null && value != null && seals.holds(draft, version, value, context)) {
      return answer(existing, version.id());
    }
    throw new ResourceExistsException(
        "The operation failed because the secret " + existing.name() + " already exists.");
  }

  private static CreateSecretResponse answer(Secret secret, @Nullable String version) {
    return CreateSecretResponse.builder()
        .arn(secret.arn())
        .name(secret.name())
        .versionId(version)
        .build();
  }
}
