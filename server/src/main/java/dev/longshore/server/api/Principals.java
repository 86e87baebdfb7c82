package dev.longshore.server.api;

import org.jspecify.annotations.Nullable;

/** Finds who holds an access key. Asked on every request, on event loops: it must not block. */
@FunctionalInterface
public interface Principals {
  /** Who holds this key; null where it is unknown or was revoked. */
  @Nullable Principal holding(String accessKeyId);
}
