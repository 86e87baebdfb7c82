package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret of Secrets Manager; its values stand in its versions.
 *
 * @param arn ends with six random letters, so that a secret of the same name later is another
 * @param kmsKeyId the key that the user named; null: the service's own
 * @param tags by key
 * @param policy the resource policy as it was set
 * @param changedAt when value, stages, description, tags or policy changed last
 * @param accessedOn the day of the last look at a value
 * @param deletedAt when its deletion was asked for; null: it was not
 * @param deletionDue when it goes for good
 */
public record Secret(
    String name,
    String arn,
    @Nullable String description,
    @Nullable String kmsKeyId,
    Map<String, String> tags,
    @Nullable String policy,
    Instant createdAt,
    Instant changedAt,
    @Nullable Instant accessedOn,
    @Nullable Instant deletedAt,
    @Nullable Instant deletionDue) {
  /** Keyed by name, which a secret that waits for its deletion still holds. */
  public static final Kind<Secret> KIND = Kind.of("secret", Secret.class, Secret::name);

  public static final Index<Secret> BY_ARN = KIND.index("arn", Secret::arn);

  public Secret withDescription(@Nullable String text, Instant now) {
    return new Secret(
        name,
        arn,
        text,
        kmsKeyId,
        tags,
        policy,
        createdAt,
        now,
        accessedOn,
        deletedAt,
        deletionDue);
  }

  public Secret withKey(@Nullable String id, Instant now) {
    return new Secret(
        name,
        arn,
        description,
        id,
        tags,
        policy,
        createdAt,
        now,
        accessedOn,
        deletedAt,
        deletionDue);
  }

  public Secret withTags(Map<String, String> all, Instant now) {
    return new Secret(
        name,
        arn,
        description,
        kmsKeyId,
        all,
        policy,
        createdAt,
        now,
        accessedOn,
        deletedAt,
        deletionDue);
  }

  public Secret withPolicy(@Nullable String text, Instant now) {
    return new Secret(
        name,
        arn,
        description,
        kmsKeyId,
        tags,
        text,
        createdAt,
        now,
        accessedOn,
        deletedAt,
        deletionDue);
  }

  public Secret changed(Instant now) {
    return withPolicy(policy, now);
  }

  public Secret accessed(Instant day) {
    return new Secret(
        name,
        arn,
        description,
        kmsKeyId,
        tags,
        policy,
        createdAt,
        changedAt,
        day,
        deletedAt,
        deletionDue);
  }

  /** With its deletion asked for, or, where both are null, taken back. */
  public Secret deleted(@Nullable Instant at, @Nullable Instant due) {
    return new Secret(
        name, arn, description, kmsKeyId, tags, policy, createdAt, changedAt, accessedOn, at, due);
  }
}
