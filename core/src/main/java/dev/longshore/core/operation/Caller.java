package dev.longshore.core.operation;

/**
 * Who asks.
 *
 * @param accountId twelve digits
 * @param arn the principal, for example {@code arn:aws:iam::123456789012:root}
 * @param starter whether it is the execution role of a task, used by the agent that starts the task
 */
public record Caller(String accountId, String arn, boolean starter) {
  /** Somebody who starts no task. */
  public Caller(String accountId, String arn) {
    this(accountId, arn, false);
  }

  /** The account's root user. */
  public static Caller root(String accountId) {
    return new Caller(accountId, "arn:aws:iam::" + accountId + ":root");
  }

  /** Whether an ARN of a user or role means this caller; sessions leave a role's path out. */
  public boolean is(String principal) {
    String[] session = arn.split("/", -1);
    boolean role =
        principal.contains("::" + accountId + ":role/")
            && session.length == 3
            && session[0].endsWith(":assumed-role")
            && principal.substring(principal.lastIndexOf('/') + 1).equals(session[1]);
    return role || principal.equals(arn);
  }

  /** Whether this is the account's root user, whom nothing is denied. */
  public boolean isRoot() {
    return arn.endsWith(":root");
  }
}
