package dev.longshore.core.operation;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asks.
 *
 * @param accountId twelve digits
 * @param arn the principal, for example {@code arn:aws:iam::123456789012:root}
 * @param session of what the caller's keys are, where they are temporary; null for long-term keys
 */
public record Caller(String accountId, String arn, @Nullable Session session) {
  /**
   * A session that keys were made for.
   *
   * @param principalId the unique id of the role or user whose session it is, by which one made
   *     anew under the same name is told apart
   * @param policies documents of which one must allow what the session may do; none of either sort:
   *     the session may do all that its principal may
   * @param policyArns managed policies of the same meaning
   */
  public record Session(
      String principalId, Instant issuedAt, List<String> policies, List<String> policyArns) {
    /** Whether the session was opened without policies of its own. */
    public boolean isPlain() {
      return policies.isEmpty() && policyArns.isEmpty();
    }
  }

  /** Somebody with long-term keys. */
  public Caller(String accountId, String arn) {
    this(accountId, arn, null);
  }

  /** The account's root user. */
  public static Caller root(String accountId) {
    return new Caller(accountId, "arn:aws:iam::" + accountId + ":root");
  }

  /** Whether an ARN of a user or role means this caller; sessions leave a role's path out. */
  public boolean is(String principal) {
    String[] parts = arn.split("/", -1);
    boolean role =
        principal.contains("::" + accountId + ":role/")
            && parts.length == 3
            && parts[0].endsWith(":assumed-role")
            && principal.substring(principal.lastIndexOf('/') + 1).equals(parts[1]);
    return role || principal.equals(arn);
  }

  /** Whether this is the account's root user, whom the account's own policies do not bind. */
  public boolean isRoot() {
    return arn.endsWith(":root");
  }
}
