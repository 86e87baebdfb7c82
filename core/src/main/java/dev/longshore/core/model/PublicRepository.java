package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Marks a repository as public, and says what visitors are told about it.
 *
 * @param name the repository's whole name, which begins with {@link #PREFIX}
 */
public record PublicRepository(
    String name,
    @Nullable String description,
    @Nullable List<String> architectures,
    @Nullable List<String> operatingSystems,
    @Nullable String about,
    @Nullable String usage) {
  /** The registry's alias and a slash: names of public repositories, and no others, begin so. */
  public static final String PREFIX = "public/";

  /** Keyed by name. */
  public static final Kind<PublicRepository> KIND =
      Kind.of("publicRepository", PublicRepository.class, PublicRepository::name);
}
