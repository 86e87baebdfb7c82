package dev.longshore.core.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Changes what may change of a secret. */
public final class SecretEditor {
  private final Secret from;
  private @Nullable String description;
  private @Nullable String kmsKeyId;
  private Map<String, String> tags;
  private @Nullable String policy;
  private Instant changedAt;
  private @Nullable Instant accessedOn;
  private @Nullable Instant deletedAt;
  private @Nullable Instant deletionDue;
  private @Nullable SecretRotation rotation;

  SecretEditor(Secret row) {
    from = row;
    description = row.description();
    kmsKeyId = row.kmsKeyId();
    tags = row.tags();
    policy = row.policy();
    changedAt = row.changedAt();
    accessedOn = row.accessedOn();
    deletedAt = row.deletedAt();
    deletionDue = row.deletionDue();
    rotation = row.rotation();
  }

  public SecretEditor description(@Nullable String text) {
    description = text;
    return this;
  }

  public SecretEditor key(@Nullable String id) {
    kmsKeyId = id;
    return this;
  }

  public SecretEditor tags(Map<String, String> all) {
    tags = all;
    return this;
  }

  public SecretEditor policy(@Nullable String text) {
    policy = text;
    return this;
  }

  public SecretEditor changed(Instant now) {
    changedAt = now;
    return this;
  }

  public SecretEditor accessed(Instant day) {
    accessedOn = day;
    return this;
  }

  /** With its deletion asked for, or, where both are null, taken back. */
  public SecretEditor deleted(@Nullable Instant at, @Nullable Instant due) {
    deletedAt = at;
    deletionDue = due;
    return this;
  }

  public SecretEditor rotation(@Nullable SecretRotation other) {
    rotation = other;
    return this;
  }

  public Secret build() {
    return new Secret(
        from.name(),
        from.arn(),
        description,
        kmsKeyId,
        tags,
        policy,
        from.createdAt(),
        changedAt,
        accessedOn,
        deletedAt,
        deletionDue,
        rotation);
  }
}
