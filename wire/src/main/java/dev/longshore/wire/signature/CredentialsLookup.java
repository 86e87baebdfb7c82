package dev.longshore.wire.signature;

import org.jspecify.annotations.Nullable;

/** Finds the key pair of an access key id. Called on every request, so it must not block. */
@FunctionalInterface
public interface CredentialsLookup {
  /**
   * The key pair, or null where no such key is known or it was revoked.
   *
   * @param sessionToken what the request carries, unproved; null where it carries none. Keys that
   *     are kept nowhere are derived from it; whether it is the one of the keys found is checked by
   *     the {@link Verifier}
   */
  @Nullable Credentials lookup(String accessKeyId, @Nullable String sessionToken);
}
