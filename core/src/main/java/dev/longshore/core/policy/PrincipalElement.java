package dev.longshore.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom a statement of a resource's policy is about.
 *
 * @param everyone {@code *}
 * @param not whether it names those it is not about
 */
record PrincipalElement(
    boolean everyone,
    boolean not,
    List<String> aws,
    List<String> services,
    List<String> federated) {
  /** How closely a caller is meant, which decides what else must allow what is asked. */
  enum Closeness {
    /** Not at all. */
    NONE,
    /** As somebody of the account. */
    ACCOUNT,
    /** As everybody, or as a session of the role. */
    ROLE,
    /** By their own name. */
    SELF
  }

  Closeness closeness(Subject subject) {
    Closeness found = named(subject);
    if (not) {
      return found == Closeness.NONE ? Closeness.ROLE : Closeness.NONE;
    }
    return found;
  }

  private Closeness named(Subject subject) {
    Closeness closest = everyone ? Closeness.ROLE : Closeness.NONE;
    if (services.contains(subject.service()) || federated.contains(subject.federated())) {
      return Closeness.SELF;
    }
    for (String principal : aws) {
      Closeness closeness = closeness(principal, subject);
      if (closeness.compareTo(closest) > 0) {
        closest = closeness;
      }
    }
    return closest;
  }

  private static Closeness closeness(String principal, Subject subject) {
    String account = subject.accountId();
    if (account.isEmpty()) {
      return Closeness.NONE;
    }
    if (principal.equals(subject.arn()) || same(principal, subject.uniqueId())) {
      return subject.roleArn() != null && !principal.equals(subject.arn())
          ? Closeness.ROLE
          : Closeness.SELF;
    }
    if (same(principal, subject.roleArn())) {
      return Closeness.ROLE;
    }
    boolean ofAccount =
        principal.equals(account)
            || (principal.endsWith("::" + account + ":root") && principal.startsWith("arn:"));
    return ofAccount ? Closeness.ACCOUNT : Closeness.NONE;
  }

  private static boolean same(String principal, @Nullable String name) {
    return name != null && principal.equals(name);
  }
}
