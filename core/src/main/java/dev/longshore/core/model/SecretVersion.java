package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.Blob;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One value of a secret.
 *
 * @param secretArn whose value it is
 * @param id the client's token, or a UUID
 * @param stages staging labels; a version without any is deprecated
 * @param sealed the value as the vault sealed it; empty: it has none yet
 * @param binary whether it was given as bytes rather than as text
 * @param keyId the user's key of KMS that it is sealed under; null: the service's own
 */
public record SecretVersion(
    String secretArn,
    String id,
    List<String> stages,
    Blob sealed,
    boolean binary,
    Instant createdAt,
    @Nullable String keyId) {
  /** Keyed by {@code secretArn id}. */
  public static final Kind<SecretVersion> KIND =
      Kind.of("secretVersion", SecretVersion.class, row -> key(row.secretArn(), row.id()));

  public static final Index<SecretVersion> BY_SECRET =
      KIND.index("secret", SecretVersion::secretArn);

  /** The key of a secret's version. */
  public static String key(String secretArn, String id) {
    return secretArn + ' ' + id;
  }

  /** What the value is sealed for: this version and no other. */
  public String boundTo() {
    return "secretVersion " + key(secretArn, id);
  }

  /** Whether it waits for its value, which a function is to give it. */
  public boolean isEmpty() {
    return sealed.equals(Blob.EMPTY);
  }

  public SecretVersion withStages(List<String> labels) {
    return new SecretVersion(secretArn, id, List.copyOf(labels), sealed, binary, createdAt, keyId);
  }

  public SecretVersion withSealed(Blob value, boolean bytes, @Nullable String underKey) {
    return new SecretVersion(secretArn, id, stages, value, bytes, createdAt, underKey);
  }
}
