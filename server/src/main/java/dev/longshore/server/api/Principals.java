package dev.longshore.server.api;

import org.jspecify.annotations.Nullable;

/** Finds who holds an access key. Asked on every request, on event loops: it must not block. */
@FunctionalInterface
public interface Principals {
  /**
   * Who holds this key; null where it is unknown or was revoked.
   *
   * @param sessionToken as the request carries it, null where it carries none
   */
  @Nullable Principal holding(String accessKeyId, @Nullable String sessionToken);

  /** A call was signed with this key, for that service of that region. */
  default void signed(String accessKeyId, String service, String region) {}
}
