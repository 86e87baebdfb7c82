package dev.longshore.server.registry;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.model.RepositoryPolicy.Statement;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.core.repository.Repositories;
import dev.longshore.server.api.Permissions;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a repository, asked at each request: a password gives no rights of its own.
 * Everybody is of the one account here, so a repository's policy may allow what the caller's own
 * permissions do not; what it denies is denied whoever asks.
 */
record Rights(Permissions permissions, Place place) {
  /**
   * What a caller is told who may not do that; null where they may.
   *
   * @param action without the service's name, for example {@code PutImage}
   */
  @Nullable String denial(ImageRepository repository, Caller caller, String action) {
    RepositoryPolicy policy = repository.policy();
    if (says(policy, Statement::deny, caller, action)) {
      return sentence(repository, caller, action)
          + " with an explicit deny in a resource-based policy";
    }
    if (permissions.allow(caller, "ecr:" + action)
        || says(policy, statement -> !statement.deny(), caller, action)) {
      return null;
    }
    return sentence(repository, caller, action)
        + " because no identity-based policy allows the ecr:"
        + action
        + " action";
  }

  private String sentence(ImageRepository repository, Caller caller, String action) {
    return "User: "
        + caller.arn()
        + " is not authorized to perform: ecr:"
        + action
        + " on resource: "
        + Repositories.arn(place, repository.name());
  }

  private static boolean says(
      @Nullable RepositoryPolicy policy,
      Predicate<Statement> effect,
      Caller caller,
      String action) {
    return policy != null
        && policy.statements().stream()
            .filter(effect)
            .anyMatch(statement ->
                statement.principals().stream().anyMatch(each -> means(each, caller))
                    && statement.actions().stream().anyMatch(each -> covers(each, action)));
  }

  private static boolean means(String principal, Caller caller) {
    return principal.equals("*")
        || principal.equals(caller.accountId())
        || principal.equals(caller.arn())
        || principal.endsWith("::" + caller.accountId() + ":root")
        || isRoleOf(principal, caller);
  }

  /** A policy names a role, a session of it comes; the session's ARN leaves the role's path out. */
  private static boolean isRoleOf(String principal, Caller caller) {
    int role = principal.indexOf(":role/");
    String[] session = caller.arn().split("/", -1);
    return role > 0
        && session.length == 3
        && session[0].endsWith(":assumed-role")
        && principal.contains("::" + caller.accountId() + ":")
        && principal.substring(principal.lastIndexOf('/') + 1).equals(session[1]);
  }

  private static boolean covers(String wildcard, String action) {
    return TagMutability.matches(
        wildcard.toLowerCase(Locale.ROOT), ("ecr:" + action).toLowerCase(Locale.ROOT));
  }
}
