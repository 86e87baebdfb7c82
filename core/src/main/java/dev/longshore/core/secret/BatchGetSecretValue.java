package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.PageToken;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
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

  private final SecretSeals seals;

  BatchGetSecretValue(SecretSeals seals) {
    this.seals = seals;
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
      Page page = page(draft, request, context);
      page.secrets().forEach(secret -> read(draft, secret.name(), values, errors, context));
      next = page.next();
    }
    return new BatchGetSecretValueResponse(values, next, errors);
  }

  /** Secrets that filters mean, and where the next ones begin. */
  record Page(List<Secret> secrets, @Nullable String next) {}

  static Page page(View view, BatchGetSecretValueRequest request, Context context) {
    SecretFilter filter = new SecretFilter(request.filters(), context);
    int size = request.maxResults() == null ? MOST : request.maxResults();
    List<Secret> secrets = new ArrayList<>();
    for (Secret secret : view.after(Secret.KIND, ListSecrets.after(LISTING, request.nextToken()))) {
      if (secret.deletedAt() == null && filter.passes(secret)) {
        if (secrets.size() == size) {
          return new Page(secrets, PageToken.of(LISTING, secrets.getLast().name()));
        }
        secrets.add(secret);
      }
    }
    return new Page(secrets, null);
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
      SecretValue value = seals.opened(draft, version, context);
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
