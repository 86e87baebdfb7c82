package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import java.time.Instant;

/**
 * Another name of a key.
 *
 * @param name with {@code alias/} in front
 */
public record KeyAlias(String name, String keyId, Instant createdAt, Instant updatedAt) {
  /** Keyed by name. */
  public static final Kind<KeyAlias> KIND = Kind.of("keyAlias", KeyAlias.class, KeyAlias::name);

  public static final Index<KeyAlias> BY_KEY = KIND.index("key", KeyAlias::keyId);

  public KeyAlias withKey(String id, Instant now) {
    return new KeyAlias(name, id, createdAt, now);
  }
}
