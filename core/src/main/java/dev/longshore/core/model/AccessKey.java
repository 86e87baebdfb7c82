package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.Blob;
import java.time.Instant;

/**
 * A long-term key of a user.
 *
 * @param id {@code AKIA…}
 * @param user the user's name
 * @param active whether it may be used
 * @param secret sealed, bound to {@link #place}
 */
public record AccessKey(String id, String user, boolean active, Instant createdAt, Blob secret) {
  /** Keyed by id. */
  public static final Kind<AccessKey> KIND = Kind.of("accessKey", AccessKey.class, AccessKey::id);

  /** Buckets by the user's key. */
  public static final Index<AccessKey> BY_USER = KIND.index("user", key -> IamUser.key(key.user()));

  /** What the sealed secret of that key is bound to. */
  public static String place(String id) {
    return "accessKey/" + id;
  }

  public AccessKey withActive(boolean value) {
    return new AccessKey(id, user, value, createdAt, secret);
  }

  /** The same key of a user who is called otherwise now. */
  public AccessKey of(String newUser) {
    return new AccessKey(id, newUser, active, createdAt, secret);
  }
}
