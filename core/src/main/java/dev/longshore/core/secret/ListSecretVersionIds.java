package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.PageToken;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.ListSecretVersionIdsRequest;
import dev.longshore.shapes.secretsmanager.ListSecretVersionIdsResponse;
import dev.longshore.shapes.secretsmanager.SecretVersionsListEntry;
import java.util.ArrayList;
import java.util.List;

/** Lists the versions of a secret that bear a label, or all of them. */
public final class ListSecretVersionIds
    implements Query<ListSecretVersionIdsRequest, ListSecretVersionIdsResponse> {
  private static final String LISTING = "ListSecretVersionIds";
  private static final int USUAL = 100;

  @Override
  public ListSecretVersionIdsResponse answer(
      View view, ListSecretVersionIdsRequest request, Context context) {
    Secret secret = Secrets.existing(view, request.secretId());
    boolean deprecated = Boolean.TRUE.equals(request.includeDeprecated());
    String after = ListSecrets.after(LISTING, request.nextToken());
    List<SecretVersion> versions = new ArrayList<>();
    for (SecretVersion version : view.by(SecretVersion.BY_SECRET, secret.arn(), after)) {
      if (deprecated || !version.stages().isEmpty()) {
        versions.add(version);
      }
    }
    int size = request.maxResults() == null ? USUAL : request.maxResults();
    boolean more = versions.size() > size;
    List<SecretVersion> page = more ? versions.subList(0, size) : versions;
    return ListSecretVersionIdsResponse.builder()
        .versions(page.stream().map(version -> entry(secret, version)).toList())
        .nextToken(more ? PageToken.of(LISTING, SecretVersion.KIND.keyOf(page.getLast())) : null)
        .arn(secret.arn())
        .name(secret.name())
        .build();
  }

  private static SecretVersionsListEntry entry(Secret secret, SecretVersion version) {
    String key = version.keyId() == null ? "DefaultEncryptionKey" : version.keyId();
    return SecretVersionsListEntry.builder()
        .versionId(version.id())
        .versionStages(version.stages().isEmpty() ? null : version.stages())
        .lastAccessedDate(secret.accessedOn())
        .createdDate(version.createdAt())
        .kmsKeyIds(List.of(key))
        .build();
  }
}
