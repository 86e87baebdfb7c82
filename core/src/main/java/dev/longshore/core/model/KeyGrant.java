package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A right to use a key that stands in no policy.
 *
 * @param grantee the ARN of whom it is given to
 * @param retiring the ARN of who may give it up; null: nobody by this grant
 * @param operations as KMS names its actions
 * @param subset pairs that an encryption context must have; empty: any will do
 * @param equal all pairs that it must have; empty: any will do
 */
public record KeyGrant(
    String id,
    String keyId,
    @Nullable String name,
    String grantee,
    @Nullable String retiring,
    List<String> operations,
    Map<String, String> subset,
    Map<String, String> equal,
    Instant createdAt) {
  /** Keyed by id. */
  public static final Kind<KeyGrant> KIND = Kind.of("keyGrant", KeyGrant.class, KeyGrant::id);

  public static final Index<KeyGrant> BY_KEY = KIND.index("key", KeyGrant::keyId);
  public static final Index<KeyGrant> BY_GRANTEE =
      KIND.index("grantee", grant -> granted(grant.keyId(), grant.grantee()));
  public static final Index<KeyGrant> BY_RETIRING = KIND.index("retiring", KeyGrant::retiring);

  /** The bucket of {@link #BY_GRANTEE} for grants on that key to that principal. */
  public static String granted(String keyId, String grantee) {
    return keyId + ' ' + grantee;
  }

  /** Whether the other one gives the same, whatever it is called and whenever it was made. */
  public boolean same(KeyGrant other) {
    return keyId.equals(other.keyId)
        && grantee.equals(other.grantee)
        && operations.equals(other.operations)
        && subset.equals(other.subset)
        && equal.equals(other.equal)
        && String.valueOf(retiring).equals(String.valueOf(other.retiring));
  }
}
