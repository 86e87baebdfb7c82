package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.PageToken;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.InvalidNextTokenException;
import dev.longshore.shapes.secretsmanager.ListSecretsRequest;
import dev.longshore.shapes.secretsmanager.ListSecretsResponse;
import dev.longshore.shapes.secretsmanager.SecretListEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists secrets, without their values. */
public final class ListSecrets implements Query<ListSecretsRequest, ListSecretsResponse> {
  private static final String LISTING = "ListSecrets";
  private static final int USUAL = 100;

  /** How wide a time is written in a key, so that texts sort as times do. */
  private static final int TIME = 16;

  @Override
  public ListSecretsResponse answer(View view, ListSecretsRequest request, Context context) {
    SecretFilter filter = new SecretFilter(request.filters(), context);
    boolean deleted = Boolean.TRUE.equals(request.includePlannedDeletion());
    List<Secret> secrets = new ArrayList<>();
    for (Secret secret : view.all(Secret.KIND)) {
      if ((deleted || secret.deletedAt() == null) && filter.passes(secret)) {
        secrets.add(secret);
      }
    }
    Function<Secret, String> key = key(request.sortBy());
    Comparator<String> order =
        "desc".equals(request.sortOrder()) ? Comparator.reverseOrder() : Comparator.naturalOrder();
    secrets.sort(Comparator.comparing(key, order));
    String after = after(LISTING, request.nextToken());
    if (after != null) {
      secrets.removeIf(secret -> order.compare(key.apply(secret), after) <= 0);
    }
    int size = request.maxResults() == null ? USUAL : request.maxResults();
    boolean more = secrets.size() > size;
    List<Secret> page = more ? secrets.subList(0, size) : secrets;
    return ListSecretsResponse.builder()
        .secretList(page.stream().map(secret -> entry(view, secret)).toList())
        .nextToken(more ? PageToken.of(LISTING, key.apply(page.getLast())) : null)
        .build();
  }

  /** The key after which the page starts; null for the first page. */
  static @Nullable String after(String listing, @Nullable String token) {
    return token == null
        ? null
        : PageToken.key(listing, token)
            .orElseThrow(() -> new InvalidNextTokenException("Invalid pagination token."));
  }

  private static Function<Secret, String> key(@Nullable String by) {
    return switch (by == null ? "created-date" : by) {
      case "name" -> Secret::name;
      case "last-changed-date" -> secret -> key(secret.changedAt(), secret);
      case "last-accessed-date" ->
          secret -> key(secret.accessedOn() == null ? Instant.EPOCH : secret.accessedOn(), secret);
      default -> secret -> key(secret.createdAt(), secret);
    };
  }

  private static String key(Instant time, Secret secret) {
    String digits = Long.toString(time.toEpochMilli());
    return "0".repeat(Math.max(0, TIME - digits.length())) + digits + ' ' + secret.name();
  }

  private static SecretListEntry entry(View view, Secret secret) {
    SecretRotation rotation = secret.rotation();
    return SecretListEntry.builder()
        .arn(secret.arn())
        .name(secret.name())
        .description(secret.description())
        .kmsKeyId(secret.kmsKeyId())
        .lastChangedDate(secret.changedAt())
        .lastAccessedDate(secret.accessedOn())
        .deletedDate(secret.deletedAt())
        .rotationEnabled(rotation == null ? null : rotation.enabled())
        .rotationLambdaARN(rotation == null ? null : rotation.functionArn())
        .rotationRules(Rotations.shown(rotation))
        .lastRotatedDate(rotation == null ? null : rotation.rotatedAt())
        .nextRotationDate(rotation == null ? null : rotation.nextAt())
        .tags(DescribeSecret.tags(secret))
        .secretVersionsToStages(DescribeSecret.stages(view, secret))
        .createdDate(secret.createdAt())
        .build();
  }
}
