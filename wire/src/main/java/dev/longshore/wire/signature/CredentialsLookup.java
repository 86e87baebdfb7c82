package dev.longshore.wire.signature;

import org.jspecify.annotations.Nullable;

/** Finds the key pair of an access key id. Called on every request, so it must not block. */
@FunctionalInterface
public interface CredentialsLookup {
  /** The key pair, or null where no such key is known or it was revoked. */
  @Nullable Credentials lookup(String accessKeyId);
}
