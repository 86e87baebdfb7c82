package dev.longshore.core.repository;

import dev.longshore.core.model.CreationTemplate;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.EncryptionConfigurationForRepositoryCreationTemplate;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import dev.longshore.shapes.ecr.TemplateNotFoundException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules for repository creation templates. */
final class Templates {
  private static final List<String> PURPOSES =
      List.of("REPLICATION", "PULL_THROUGH_CACHE", "CREATE_ON_PUSH");

  private Templates() {}

  static CreationTemplate existing(View view, String prefix, Context context) {
    CreationTemplate row = view.find(CreationTemplate.KIND, CacheRules.prefix(prefix));
    if (row == null) {
      throw new TemplateNotFoundException(
          "The repository creation template with prefix '"
              + prefix
              + "' does not exist in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    return row;
  }

  /** A template with what was asked over what it was before, if it was. */
  static RepositoryCreationTemplate.Builder merged(
      @Nullable RepositoryCreationTemplate before,
      RepositoryCreationTemplate asked,
      Context context) {
    if (before == null) {
      return asked.toBuilder()
          .imageTagMutability(Objects.requireNonNullElse(asked.imageTagMutability(), "MUTABLE"))
          .encryptionConfiguration(
              asked.encryptionConfiguration() == null
                  ? new EncryptionConfigurationForRepositoryCreationTemplate("AES256", null)
                  : asked.encryptionConfiguration())
          .createdAt(context.now())
          .updatedAt(context.now());
    }
    boolean mutability = asked.imageTagMutability() != null;
    return asked.toBuilder()
        .description(or(asked.description(), before.description()))
        .encryptionConfiguration(
            or(asked.encryptionConfiguration(), before.encryptionConfiguration()))
        .resourceTags(or(asked.resourceTags(), before.resourceTags()))
        .imageTagMutability(or(asked.imageTagMutability(), before.imageTagMutability()))
        .imageTagMutabilityExclusionFilters(
            mutability
                ? asked.imageTagMutabilityExclusionFilters()
                : before.imageTagMutabilityExclusionFilters())
        .repositoryPolicy(or(asked.repositoryPolicy(), before.repositoryPolicy()))
        .lifecyclePolicy(or(asked.lifecyclePolicy(), before.lifecyclePolicy()))
        .appliedFor(or(asked.appliedFor(), before.appliedFor()))
        .customRoleArn(or(asked.customRoleArn(), before.customRoleArn()))
        .createdAt(before.createdAt())
        .updatedAt(context.now());
  }

  private static <T> @Nullable T or(@Nullable T asked, @Nullable T before) {
    return asked == null ? before : asked;
  }

  static void check(RepositoryCreationTemplate template) {
    if (template.appliedFor() == null || template.appliedFor().isEmpty()) {
      throw Repositories.invalid("appliedFor", "must not be empty");
    }
    for (String purpose : template.appliedFor()) {
      if (!PURPOSES.contains(purpose)) {
        throw Repositories.invalid("appliedFor", "Member must satisfy enum value set: " + PURPOSES);
      }
    }
    var encryption = template.encryptionConfiguration();
    if (encryption != null && !encryption.encryptionType().equals("AES256")) {
      throw Repositories.invalid(
          "encryptionConfiguration", "only encryption type AES256 is supported");
    }
    MutabilityRules.checked(
        template.imageTagMutability(), template.imageTagMutabilityExclusionFilters());
    RepositoryTags.put(List.of(), template.resourceTags());
  }
}
