package dev.longshore.server.registry;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.RegistrySetting;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.model.RepositoryPolicy.Statement;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.repository.Repositories;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Permissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a repository, asked at each request: a password gives no rights of its own.
 * Everybody is of the one account here, so a repository's policy may allow what the caller's own
 * permissions do not; what it denies is denied whoever asks.
 */
record Rights(Permissions permissions, Place place, Supplier<State> state, InstantSource clock) {
  /** What policies of registries were about before their scope could be widened. */
  private static final List<String> FIRST_SCOPE =
      List.of("ReplicateImage", "BatchImportUpstreamImage", "CreateRepository");

  /** Whom a request comes from that names nobody. */
  static final Caller ANYBODY = new Caller("anonymous", "anonymous");

  /** What everybody may do with public repositories. */
  private static final List<String> FOR_ALL =
      List.of(
          "BatchGetImage",
          "GetDownloadUrlForLayer",
          "BatchCheckLayerAvailability",
          "ListImages",
          "ListImageReferrers");

  /**
   * What a caller is told who may not do that; null where they may.
   *
   * @param action without the service's name, for example {@code PutImage}
   */
  @Nullable String denial(ImageRepository repository, Caller caller, String action) {
    return denial(repository.name(), repository.policy(), caller, action);
  }

  /** The same about a repository that is not there yet, and so has no policy. */
  @Nullable String denial(String repository, Caller caller, String action) {
    return denial(repository, null, caller, action);
  }

  private @Nullable String denial(
      String repository, @Nullable RepositoryPolicy own, Caller caller, String action) {
    String arn = Repositories.arn(place, repository);
    RepositoryPolicy registrys = registrys(action);
    if (says(own, Statement::deny, caller, action, arn)
        || says(registrys, Statement::deny, caller, action, arn)) {
      return sentence(arn, caller, action) + " with an explicit deny in a resource-based policy";
    }
    if (repository.startsWith(PublicRepository.PREFIX) && FOR_ALL.contains(action)) {
      return null;
    }
    Need need = Need.of("ecr:" + action, arn);
    if (permissions.denial(caller, need, Circumstances.within(clock.instant())) == null
        || says(own, statement -> !statement.deny(), caller, action, arn)
        || says(registrys, statement -> !statement.deny(), caller, action, arn)) {
      return null;
    }
    return sentence(arn, caller, action)
        + " because no identity-based policy allows the ecr:"
        + action
        + " action";
  }

  private @Nullable RepositoryPolicy registrys(String action) {
    RegistrySetting scope = state.get().find(RegistrySetting.KIND, "REGISTRY_POLICY_SCOPE");
    boolean first = scope != null && scope.value().equals("V1");
    return first && !FIRST_SCOPE.contains(action)
        ? null
        : RegistryConfiguration.of(state.get()).policy();
  }

  private static String sentence(String arn, Caller caller, String action) {
    return "User: "
        + caller.arn()
        + " is not authorized to perform: ecr:"
        + action
        + " on resource: "
        + arn;
  }

  private static boolean says(
      @Nullable RepositoryPolicy policy,
      Predicate<Statement> effect,
      Caller caller,
      String action,
      String arn) {
    return policy != null
        && policy.statements().stream()
            .filter(effect)
            .anyMatch(statement ->
                statement.principals().stream().anyMatch(each -> means(each, caller))
                    && statement.actions().stream().anyMatch(each -> covers(each, action))
                    && (statement.resources().isEmpty()
                        || statement.resources().stream()
                            .anyMatch(each -> TagMutability.matches(each, arn))));
  }

  private static boolean means(String principal, Caller caller) {
    return principal.equals("*")
        || principal.equals(caller.accountId())
        || principal.endsWith("::" + caller.accountId() + ":root")
        || caller.is(principal);
  }

  private static boolean covers(String wildcard, String action) {
    return TagMutability.matches(
        wildcard.toLowerCase(Locale.ROOT), ("ecr:" + action).toLowerCase(Locale.ROOT));
  }
}
