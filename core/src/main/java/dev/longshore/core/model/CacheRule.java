package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.core.state.View;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pull-through cache rule: repositories whose names begin with its prefix are filled from another
 * registry.
 *
 * @param prefix without a slash at its end; {@link #ROOT} stands for every other name
 * @param upstream host of the other registry, with its port if that is not the usual one
 * @param upstreamName what kind of registry the API calls it, if it has a name for it
 * @param upstreamPrefix beginning of the repositories' names there; null or {@link #ROOT}: none
 */
public record CacheRule(
    String prefix,
    String upstream,
    @Nullable String upstreamName,
    @Nullable String customRoleArn,
    @Nullable String upstreamPrefix,
    Instant createdAt,
    Instant updatedAt) {
  public static final String ROOT = "ROOT";

  /** Keyed by prefix. */
  public static final Kind<CacheRule> KIND =
      Kind.of("cacheRule", CacheRule.class, CacheRule::prefix);

  public CacheRule withRole(@Nullable String arn, Instant now) {
    return new CacheRule(prefix, upstream, upstreamName, arn, upstreamPrefix, createdAt, now);
  }

  /** The rule for a repository's name: that with the longest prefix; null where there is none. */
  public static @Nullable CacheRule covering(View view, String repository) {
    if (view.count(KIND) == 0) {
      return null;
    }
    for (int end = repository.lastIndexOf('/');
        end > 0;
        end = repository.lastIndexOf('/', end - 1)) {
      CacheRule rule = view.find(KIND, repository.substring(0, end));
      if (rule != null) {
        return rule;
      }
    }
    return view.find(KIND, ROOT);
  }

  /** The name that a repository of ours has at the other registry. */
  public String upstreamRepository(String repository) {
    String rest = prefix.equals(ROOT) ? repository : repository.substring(prefix.length() + 1);
    return upstreamPrefix == null || upstreamPrefix.equals(ROOT)
        ? rest
        : upstreamPrefix + '/' + rest;
  }
}
