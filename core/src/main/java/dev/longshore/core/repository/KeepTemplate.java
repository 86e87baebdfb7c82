package dev.longshore.core.repository;

import dev.longshore.core.model.CreationTemplate;
import dev.longshore.core.model.LifecycleRule;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import dev.longshore.shapes.ecr.TemplateAlreadyExistsException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a repository creation template, a new one or another in its place. */
public final class KeepTemplate implements Command<KeepTemplate.Asked, RepositoryCreationTemplate> {
  /** Templates that a registry may have. */
  private static final int MOST = 50;

  /**
   * What to keep.
   *
   * @param update whether the template must be there already; what is null then stays
   * @param policy what the text of the template's repository policy says
   * @param lifecycle what the text of its lifecycle policy says
   */
  public record Asked(
      boolean update,
      RepositoryCreationTemplate template,
      @Nullable RepositoryPolicy policy,
      List<LifecycleRule> lifecycle) {}

  @Override
  public RepositoryCreationTemplate decide(Draft draft, Asked asked, Context context) {
    String prefix = CacheRules.prefix(Objects.requireNonNull(asked.template().prefix()));
    CreationTemplate before =
        asked.update()
            ? Templates.existing(draft, prefix, context)
            : draft.find(CreationTemplate.KIND, prefix);
    if (before != null && !asked.update()) {
      throw new TemplateAlreadyExistsException(
          "The repository creation template with prefix '"
              + prefix
              + "' already exists in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    if (before == null && draft.count(CreationTemplate.KIND) >= MOST) {
      throw new LimitExceededException(
          "A registry cannot have more than " + MOST + " repository creation templates");
    }
    RepositoryCreationTemplate template =
        Templates.merged(before == null ? null : before.template(), asked.template(), context)
            .prefix(prefix)
            .build();
    Templates.check(template);
    draft.put(CreationTemplate.KIND, row(before, prefix, template, asked));
    return template;
  }

  private static CreationTemplate row(
      @Nullable CreationTemplate before,
      String prefix,
      RepositoryCreationTemplate template,
      Asked asked) {
    RepositoryPolicy policy = asked.policy();
    List<LifecycleRule> lifecycle = asked.lifecycle();
    if (before != null && asked.template().repositoryPolicy() == null) {
      policy = before.policy();
    }
    if (before != null && asked.template().lifecyclePolicy() == null) {
      lifecycle = before.lifecycle();
    }
    return new CreationTemplate(prefix, template, policy, lifecycle);
  }
}
