package dev.longshore.core.repository;

import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecr.ImageTagMutabilityExclusionFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of the mutability of tags. */
final class MutabilityRules {
  private static final int MOST_FILTERS = 5;
  private static final int MOST_WILDCARDS = 2;

  private MutabilityRules() {}

  static TagMutability checked(
      @Nullable String mode, @Nullable List<ImageTagMutabilityExclusionFilter> filters) {
    String chosen = mode == null ? TagMutability.USUAL.mode() : mode;
    List<ImageTagMutabilityExclusionFilter> given = Given.list(filters);
    boolean wanted = chosen.endsWith("_WITH_EXCLUSION");
    if (wanted && given.isEmpty()) {
      throw Repositories.invalid(
          "imageTagMutabilityExclusionFilters",
          "exclusion filters are required when imageTagMutability is " + chosen);
    }
    if (!wanted && !given.isEmpty()) {
      throw Repositories.invalid(
          "imageTagMutabilityExclusionFilters",
          "exclusion filters must not be given when imageTagMutability is " + chosen);
    }
    if (given.size() > MOST_FILTERS) {
      throw Repositories.invalid(
          "imageTagMutabilityExclusionFilters",
          "Member must have length less than or equal to " + MOST_FILTERS);
    }
    for (ImageTagMutabilityExclusionFilter filter : given) {
      if (filter.filter().chars().filter(letter -> letter == '*').count() > MOST_WILDCARDS) {
        throw Repositories.invalid(
            "imageTagMutabilityExclusionFilters",
            "a filter must not have more than " + MOST_WILDCARDS + " wildcards");
      }
    }
    return new TagMutability(chosen, given);
  }
}
