package dev.longshore.core.operation;

/**
 * Who asks.
 *
 * @param accountId twelve digits
 * @param arn the principal, for example {@code arn:aws:iam::123456789012:root}
 */
public record Caller(String accountId, String arn) {
  /** The account's root user. */
  public static Caller root(String accountId) {
    return new Caller(accountId, "arn:aws:iam::" + accountId + ":root");
  }

  /** Whether this is the account's root user, whom nothing is denied. */
  public boolean isRoot() {
    return arn.endsWith(":root");
  }
}
