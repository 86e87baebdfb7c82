package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.PageToken;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.APIErrorType;
import dev.longshore.shapes.secretsmanager.BatchGetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.BatchGetSecretValueResponse;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.SecretValueEntry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows the current values of several secrets; what fails of them is told beside the others. */
public final class BatchGetSecretValue
    implements Command<BatchGetSecretValueRequest, BatchGetSecretValueResponse> {
  private static final String LISTING = "BatchGetSecretValue";
  private static final int MOST = 20;

  private final Vault vault;

  BatchGetSecretValue(Vault vault) {
    this.vault = vault;
  }

  @Override
  public BatchGetSecretValueResponse decide(
      Draft draft, BatchGetSecretValueRequest request, Context context) {
    boolean named = request.secretIdList() != null;
    if (named == (request.filters() != null)) {
      throw new InvalidParameterException(
          "Either 'SecretIdList' or 'Filters' must be provided, but not both.");
    }
    List<SecretValueEntry> values = new ArrayList<>();
    List<APIErrorType> errors = new ArrayList<>();
    String next = null;
    if (request.secretIdList() != null) {
      if (request.maxResults() != null || request.nextToken() != null) {
        throw new InvalidParameterException(
            "You can't use MaxResults or NextToken together with SecretIdList.");
      }
      request.secretIdList().forEach(id -> read(draft, id, values, errors, context));
    } else {
      next = filtered(draft, request, values, errors, context);
    }
    return new BatchGetSecretValueResponse(values, next, errors);
  }

  private @Nullable String filtered(
      Draft draft,
      BatchGetSecretValueRequest request,
      List<SecretValueEntry> values,
      List<APIErrorType> errors,
      Context context) {
    SecretFilter filter = new SecretFilter(request.filters(), context);
    int size = request.maxResults() == null ? MOST : request.maxResults();
    String after = ListSecrets.after(LISTING, request.nextToken());
    String last = null;
    int count = 0;
    for (Secret secret : draft.after(Secret.KIND, after)) {
      if (secret.deletedAt() == null && filter.passes(secret)) {
        if (count == size) {
          return last == null ? null : PageToken.of(LISTING, last);
        }
        read(draft, secret.name(), values, errors, context);
        last = secret.name();
        count++;
      }
    }
    return null;
  }

  private void read(
      Draft draft,
      String id,
      List<SecretValueEntry> values,
      List<APIErrorType> errors,
      Context context) {
    try {
      Secret secret = Secrets.usable(draft, id);
      SecretVersion version = GetSecretValue.version(draft, secret, null, null);
      SecretValue value = SecretValue.opened(vault, version);
      GetSecretValue.accessed(draft, secret, context.now());
      values.add(
          SecretValueEntry.builder()
              .arn(secret.arn())
              .name(secret.name())
              .versionId(version.id())
              .secretString(value.text())
              .secretBinary(value.blob())
              .versionStages(version.stages())
              .createdDate(version.createdAt())
              .build());
    } catch (ServiceException refused) {
      errors.add(new APIErrorType(id, refused.code(), refused.getMessage()));
    }
  }
}
