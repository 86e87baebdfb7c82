package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.shapes.Blob;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key of the key management service.
 *
 * @param id a UUID
 * @param material the key's bytes as the vault sealed them; with the row they are gone
 * @param managed whether a service made it for itself rather than a user
 * @param policy as it was set; null: the account may use it
 * @param deletionDue when it goes for good; null: it stays
 * @param tags by key
 */
public record EncryptionKey(
    String id,
    Blob material,
    boolean managed,
    boolean enabled,
    @Nullable String description,
    @Nullable String policy,
    @Nullable Instant deletionDue,
    Map<String, String> tags,
    Instant createdAt) {
  /** Keyed by id. */
  public static final Kind<EncryptionKey> KIND =
      Kind.of("encryptionKey", EncryptionKey.class, EncryptionKey::id);

  /** What the material is sealed for: this key and no other. */
  public static String boundTo(String id) {
    return "encryptionKey " + id;
  }

  public EncryptionKey withEnabled(boolean wanted) {
    return new EncryptionKey(
        id, material, managed, wanted, description, policy, deletionDue, tags, createdAt);
  }

  public EncryptionKey withDescription(String text) {
    return new EncryptionKey(
        id, material, managed, enabled, text, policy, deletionDue, tags, createdAt);
  }

  public EncryptionKey withPolicy(String text) {
    return new EncryptionKey(
        id, material, managed, enabled, description, text, deletionDue, tags, createdAt);
  }

  /** With its deletion asked for, or taken back; either way it cannot be used. */
  public EncryptionKey withDeletion(@Nullable Instant due) {
    return new EncryptionKey(
        id, material, managed, false, description, policy, due, tags, createdAt);
  }

  public EncryptionKey withTags(Map<String, String> all) {
    return new EncryptionKey(
        id, material, managed, enabled, description, policy, deletionDue, all, createdAt);
  }
}
