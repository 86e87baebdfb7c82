package dev.longshore.server.registry;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.CacheRules;
import dev.longshore.shapes.ecr.ValidatePullThroughCacheRuleRequest;
import dev.longshore.shapes.ecr.ValidatePullThroughCacheRuleResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tries out pull-through cache rules: whether the other registry lets us in. */
record Validation(Registry registry, PullThrough pullThrough) {
  ValidatePullThroughCacheRuleResponse of(
      ValidatePullThroughCacheRuleRequest request, Caller caller) {
    CacheRule rule =
        CacheRules.existing(
            registry.state(),
            request.registryId(),
            request.ecrRepositoryPrefix(),
            registry.context(caller));
    String failure = failure(rule);
    return ValidatePullThroughCacheRuleResponse.builder()
        .ecrRepositoryPrefix(rule.prefix())
        .registryId(registry.place().accountId())
        .upstreamRegistryUrl(rule.upstream())
        .customRoleArn(rule.customRoleArn())
        .upstreamRepositoryPrefix(rule.upstreamPrefix())
        .isValid(failure == null)
        .failure(failure)
        .build();
  }

  private @Nullable String failure(CacheRule rule) {
    try {
      pullThrough.upstream(rule).check();
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
