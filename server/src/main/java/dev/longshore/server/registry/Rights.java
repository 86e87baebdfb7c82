package dev.longshore.server.registry;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.Repositories;
import java.util.Locale;

/**
 * Who may do what with a repository. Every caller is of the account, so all is allowed that the
 * repository's policy does not deny.
 */
final class Rights {
  private Rights() {}

  /** Whether the repository's policy denies a caller an action, for example {@code PutImage}. */
  static boolean denied(ImageRepository repository, Caller caller, String action) {
    RepositoryPolicy policy = repository.policy();
    return policy != null
        && policy.statements().stream()
            .anyMatch(statement ->
                statement.deny()
                    && statement.principals().stream().anyMatch(p -> means(p, caller))
                    && statement.actions().stream().anyMatch(a -> covers(a, action)));
  }

  /** AWS's words for it. */
  static String message(Registry registry, String repository, Caller caller, String action) {
    return "User: "
        + caller.arn()
        + " is not authorized to perform: ecr:"
        + action
        + " on resource: "
        + Repositories.arn(registry.place(), repository)
        + " with an explicit deny in a resource-based policy";
  }

  private static boolean means(String principal, Caller caller) {
    return principal.equals("*")
        || principal.equals(caller.accountId())
        || principal.equals(caller.arn())
        || principal.endsWith("::" + caller.accountId() + ":root");
  }

  private static boolean covers(String wildcard, String action) {
    return TagMutability.matches(
        wildcard.toLowerCase(Locale.ROOT), ("ecr:" + action).toLowerCase(Locale.ROOT));
  }
}
