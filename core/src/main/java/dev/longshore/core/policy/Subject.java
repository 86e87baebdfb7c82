package dev.longshore.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as the principals of policies can mean them.
 *
 * @param accountId twelve digits; empty for a service of AWS and for whom nobody knows
 * @param arn of the user, the root user, or the session of a role
 * @param roleArn of the role whose session it is, with its path; null for others
 * @param uniqueId the id of the user or role, which stands in a policy once that is deleted
 * @param service a service of AWS, for example {@code ecs-tasks.amazonaws.com}; null for others
 * @param federated a provider of identities; null for others
 */
public record Subject(
    String accountId,
    String arn,
    @Nullable String roleArn,
    @Nullable String uniqueId,
    @Nullable String service,
    @Nullable String federated) {
  /** A user, the root user, or a session of a role. */
  public static Subject of(
      String accountId, String arn, @Nullable String roleArn, @Nullable String uniqueId) {
    return new Subject(accountId, arn, roleArn, uniqueId, null, null);
  }

  /** A service of AWS that asks by itself. */
  public static Subject service(String name) {
    return new Subject("", name, null, null, name, null);
  }
}
