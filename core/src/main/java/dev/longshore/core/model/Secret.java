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
 * @param rotation null: it was never to be rotated
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
    @Nullable Instant deletionDue,
    @Nullable SecretRotation rotation) {
  /** Keyed by name, which a secret that waits for its deletion still holds. */
  public static final Kind<Secret> KIND = Kind.of("secret", Secret.class, Secret::name);

  public static final Index<Secret> BY_ARN = KIND.index("arn", Secret::arn);

  /** Secrets with a rotation under way stand in {@link #RUNNING}. */
  public static final Index<Secret> BY_ROTATION =
      KIND.index("rotation", secret -> secret.rotates() ? Secret.RUNNING : null);

  /** The only bucket of {@link #BY_ROTATION}. */
  public static final String RUNNING = "running";

  private boolean rotates() {
    return rotation != null && rotation.run() != null && deletedAt == null;
  }

  /** Changes it; what is built is another row. */
  public SecretEditor edit() {
    return new SecretEditor(this);
  }
}
