package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.model.LifecycleRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.LifecyclePolicyNotFoundException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts a lifecycle policy on a repository, or has one tried out. */
public final class KeepLifecycle implements Command<KeepLifecycle.Asked, Lifecycle> {
  /**
   * The policy, as its reader understood it.
   *
   * @param text null to try out the one that the repository has
   * @param preview whether it is only tried out
   */
  public record Asked(
      @Nullable String registry,
      String repository,
      @Nullable String text,
      List<LifecycleRule> rules,
      boolean preview) {}

  @Override
  public Lifecycle decide(Draft draft, Asked asked, Context context) {
    ImageRepository row =
        Repositories.existing(draft, asked.registry(), asked.repository(), context);
    if (!asked.preview()) {
      // Due at once: as if it had been evaluated before all time.
      Lifecycle kept = lifecycle(asked, row, context, Instant.EPOCH);
      draft.put(ImageRepository.KIND, row.withLifecycle(kept));
      return kept;
    }
    Lifecycle tried = lifecycle(asked, row, context, context.now());
    draft.put(ImageRepository.KIND, row.withPreview(tried));
    return tried;
  }

  private static Lifecycle lifecycle(
      Asked asked, ImageRepository row, Context context, Instant evaluatedAt) {
    if (asked.text() != null) {
      return new Lifecycle(asked.text(), asked.rules(), evaluatedAt);
    }
    Lifecycle own = row.lifecycle();
    if (own == null) {
      throw missing(row.name(), context);
    }
    return own.evaluated(evaluatedAt);
  }

  static LifecyclePolicyNotFoundException missing(String repository, Context context) {
    return new LifecyclePolicyNotFoundException(
        "Lifecycle policy does not exist for the repository with name '"
            + repository
            + "' in the registry with id '"
            + context.place().accountId()
            + "'");
  }
}
