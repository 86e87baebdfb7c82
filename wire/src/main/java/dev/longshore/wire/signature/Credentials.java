package dev.longshore.wire.signature;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key pair to sign with.
 *
 * @param sessionToken what requests signed with temporary credentials must carry besides; null for
 *     a long-term key
 * @param expiration when temporary credentials end; null for a long-term key
 */
public record Credentials(
    String accessKeyId,
    String secretAccessKey,
    @Nullable String sessionToken,
    @Nullable Instant expiration) {

  /** A long-term key pair. */
  public static Credentials of(String accessKeyId, String secretAccessKey) {
    return new Credentials(accessKeyId, secretAccessKey, null, null);
  }

  /** Names the key without its secret, so that a log line cannot leak it. */
  @Override
  public String toString() {
    return "Credentials[" + accessKeyId + "]";
  }
}
