package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.DescribeSecretRequest;
import dev.longshore.shapes.secretsmanager.DescribeSecretResponse;
import dev.longshore.shapes.secretsmanager.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Shows everything of a secret but its values. */
public final class DescribeSecret implements Query<DescribeSecretRequest, DescribeSecretResponse> {
  @Override
  public DescribeSecretResponse answer(View view, DescribeSecretRequest request, Context context) {
    Secret secret = Secrets.existing(view, request.secretId());
    SecretRotation rotation = secret.rotation();
    return DescribeSecretResponse.builder()
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
        .tags(tags(secret))
        .versionIdsToStages(stages(view, secret))
        .createdDate(secret.createdAt())
        .build();
  }

  static @Nullable List<Tag> tags(Secret secret) {
    List<Tag> tags = new ArrayList<>();
    secret.tags().forEach((key, value) -> tags.add(new Tag(key, value)));
    return tags.isEmpty() ? null : tags;
  }

  /** The labels of each version that has any. */
  static @Nullable Map<String, List<String>> stages(View view, Secret secret) {
    Map<String, List<String>> stages = new LinkedHashMap<>();
    for (SecretVersion version : view.by(SecretVersion.BY_SECRET, secret.arn())) {
      if (!version.stages().isEmpty()) {
        stages.put(version.id(), version.stages());
      }
    }
    return stages.isEmpty() ? null : stages;
  }
}
