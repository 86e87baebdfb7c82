package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;

/**
 * When a user's key was last used, as far as that was noted. A row beside the key's, for it changes
 * often and means nothing to policies.
 *
 * @param keyId {@code AKIA…}
 * @param at the minute of the call
 * @param service as the signature names it, for example {@code ecs}
 * @param region the signature's
 */
public record AccessKeyUse(String keyId, Instant at, String service, String region) {
  /** Keyed by the key's id. */
  public static final Kind<AccessKeyUse> KIND =
      Kind.of("accessKeyUse", AccessKeyUse.class, AccessKeyUse::keyId);
}
