package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import org.jspecify.annotations.Nullable;

/** Puts a policy on a repository. */
public final class KeepPolicy implements Command<KeepPolicy.Asked, ImageRepository> {
  /** The policy, as its reader understood it. */
  public record Asked(@Nullable String registry, String repository, RepositoryPolicy policy) {}

  @Override
  public ImageRepository decide(Draft draft, Asked asked, Context context) {
    ImageRepository row =
        Repositories.existing(draft, asked.registry(), asked.repository(), context)
            .withPolicy(asked.policy());
    draft.put(ImageRepository.KIND, row);
    return row;
  }
}
