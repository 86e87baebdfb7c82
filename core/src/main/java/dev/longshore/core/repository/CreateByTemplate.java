package dev.longshore.core.repository;

import dev.longshore.core.model.CreationTemplate;
import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.EncryptionConfiguration;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Creates a repository that somebody pushes to or pulls through, as the template for its name says.
 */
public final class CreateByTemplate implements Command<CreateByTemplate.Asked, Boolean> {
  /**
   * Which repository.
   *
   * @param purpose which templates count, for example {@code CREATE_ON_PUSH}
   * @param needed whether it is created by a template only, and not with usual properties
   */
  public record Asked(String repository, String purpose, boolean needed) {}

  /** True where the repository is there afterwards. */
  @Override
  public Boolean decide(Draft draft, Asked asked, Context context) {
    if (draft.find(ImageRepository.KIND, asked.repository()) != null) {
      return true;
    }
    CreationTemplate row = CreationTemplate.covering(draft, asked.repository(), asked.purpose());
    boolean open = asked.repository().startsWith(PublicRepository.PREFIX);
    if (open || (row == null && asked.needed())) {
      return false;
    }
    CreateRepository.checkCount(draft, context);
    draft.put(ImageRepository.KIND, repository(asked.repository(), row, context));
    return true;
  }

  private static ImageRepository repository(
      String name, @Nullable CreationTemplate row, Context context) {
    RepositoryCreationTemplate template =
        row == null ? RepositoryCreationTemplate.builder().build() : row.template();
    ImageRepository repository =
        ImageRepository.created(
            name,
            context.now(),
            MutabilityRules.checked(
                template.imageTagMutability(), template.imageTagMutabilityExclusionFilters()),
            false,
            EncryptionConfiguration.builder().encryptionType("AES256").build(),
            Given.list(template.resourceTags()));
    if (row == null) {
      return repository;
    }
    String lifecycle = template.lifecyclePolicy();
    return repository
        .withPolicy(row.policy())
        .withLifecycle(
            lifecycle == null || row.lifecycle().isEmpty()
                ? null
                : new Lifecycle(lifecycle, row.lifecycle(), Instant.EPOCH));
  }
}
