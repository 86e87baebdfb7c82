package dev.longshore.server.registry;

import dev.longshore.core.access.EcrNeeds;
import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.State;
import dev.longshore.server.api.Permissions;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a repository, asked at each request: a password gives no rights of its own.
 * A repository's policy may allow what the caller's own policies do not; what it denies is denied
 * whoever asks.
 *
 * @param circumstances of who asks
 */
record Rights(
    Permissions permissions, Place place, Supplier<State> state, Circumstances circumstances) {
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
    return denial(repository.name(), caller, action);
  }

  /** The right that the action needs on that repository. */
  Need need(String repository, String action) {
    return EcrNeeds.need(state.get(), place, repository, "ecr:" + action);
  }

  /** The same about a repository that need not be there yet. */
  @Nullable String denial(String repository, Caller caller, String action) {
    Need need = need(repository, action);
    String denial = permissions.denial(caller, need, circumstances);
    boolean open = repository.startsWith(PublicRepository.PREFIX) && FOR_ALL.contains(action);
    return denial == null || (open && !denial.contains(" with an explicit deny in "))
        ? null
        : denial;
  }
}
