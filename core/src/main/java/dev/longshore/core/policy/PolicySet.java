package dev.longshore.core.policy;

import dev.longshore.core.policy.PrincipalElement.Closeness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies of one caller. What one of them denies is denied. Else the resource's policy may
 * allow it to whom it names; else identity, boundary and session must all allow it.
 *
 * @param identity of a user and its groups, or of a role; one of them must allow
 * @param boundary the most that identity policies can allow; null where there is none
 * @param session the most that a session can be allowed; null where it was opened without any, else
 *     one of them must allow
 */
public record PolicySet(
    List<Policy> identity, @Nullable Policy boundary, @Nullable List<Policy> session) {
  /** No policies, which allow nothing. */
  public static final PolicySet NONE = new PolicySet(List.of(), null, null);

  /** Of the account's root user. */
  public static final PolicySet ROOT = new PolicySet(List.of(Policy.ALL), null, null);

  /**
   * Decides.
   *
   * @param resource the policy that stands on the resource; null where it has none
   * @param resourceDecides whether nobody is allowed whom that policy does not let in
   */
  public Decision decide(Inquiry inquiry, @Nullable Policy resource, boolean resourceDecides) {
    Decision denial = denial(inquiry, resource);
    if (denial != null) {
      return denial;
    }
    Closeness let = resource == null ? Closeness.NONE : resource.allowance(inquiry);
    if (let == Closeness.SELF) {
      return Decision.ALLOWED;
    }
    if (resourceDecides && let == Closeness.NONE) {
      return Decision.NOT_ALLOWED_BY_RESOURCE;
    }
    // The account as a principal passes the question on where that policy decides.
    boolean byResource = let == Closeness.ROLE || (let == Closeness.ACCOUNT && !resourceDecides);
    if (!byResource && !anyAllows(identity, inquiry)) {
      return Decision.NOT_ALLOWED_BY_IDENTITY;
    }
    if (boundary != null && !boundary.allows(inquiry)) {
      return Decision.NOT_ALLOWED_BY_BOUNDARY;
    }
    return session == null || anyAllows(session, inquiry)
        ? Decision.ALLOWED
        : Decision.NOT_ALLOWED_BY_SESSION;
  }

  private @Nullable Decision denial(Inquiry inquiry, @Nullable Policy resource) {
    if (anyDenies(identity, inquiry)) {
      return Decision.DENIED_BY_IDENTITY;
    }
    if (resource != null && resource.denies(inquiry)) {
      return Decision.DENIED_BY_RESOURCE;
    }
    if (boundary != null && boundary.denies(inquiry)) {
      return Decision.DENIED_BY_BOUNDARY;
    }
    return session != null && anyDenies(session, inquiry) ? Decision.DENIED_BY_SESSION : null;
  }

  private static boolean anyDenies(List<Policy> policies, Inquiry inquiry) {
    for (int at = 0; at < policies.size(); at++) {
      if (policies.get(at).denies(inquiry)) {
        return true;
      }
    }
    return false;
  }

  private static boolean anyAllows(List<Policy> policies, Inquiry inquiry) {
    for (int at = 0; at < policies.size(); at++) {
      if (policies.get(at).allows(inquiry)) {
        return true;
      }
    }
    return false;
  }
}
