package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What repositories are like that the registry creates by itself.
 *
 * @param prefix beginning of their names, without a slash at its end; {@code ROOT}: any name
 * @param template as the API shows it
 * @param policy what the text of the template's repository policy says
 * @param lifecycle what the text of its lifecycle policy says
 */
public record CreationTemplate(
    String prefix,
    RepositoryCreationTemplate template,
    @Nullable RepositoryPolicy policy,
    List<LifecycleRule> lifecycle) {
  /** Keyed by prefix. */
  public static final Kind<CreationTemplate> KIND =
      Kind.of("creationTemplate", CreationTemplate.class, CreationTemplate::prefix);

  /**
   * The template for a new repository: that with the longest prefix; null where there is none.
   *
   * @param purpose what creates it: {@code CREATE_ON_PUSH}, {@code PULL_THROUGH_CACHE} or {@code
   *     REPLICATION}
   */
  public static @Nullable CreationTemplate covering(View view, String repository, String purpose) {
    for (int end = repository.length(); end > 0; end = repository.lastIndexOf('/', end - 1)) {
      CreationTemplate found = view.find(KIND, repository.substring(0, end));
      if (found != null && found.serves(purpose)) {
        return found;
      }
    }
    CreationTemplate root = view.find(KIND, CacheRule.ROOT);
    return root != null && root.serves(purpose) ? root : null;
  }

  private boolean serves(String purpose) {
    return template.appliedFor() != null && template.appliedFor().contains(purpose);
  }
}
