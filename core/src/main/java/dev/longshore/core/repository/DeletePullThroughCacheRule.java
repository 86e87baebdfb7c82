package dev.longshore.core.repository;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeletePullThroughCacheRuleRequest;
import dev.longshore.shapes.ecr.DeletePullThroughCacheRuleResponse;

/** Ends a pull-through cache rule; what was fetched stays. */
public final class DeletePullThroughCacheRule
    implements Command<DeletePullThroughCacheRuleRequest, DeletePullThroughCacheRuleResponse> {

  @Override
  public DeletePullThroughCacheRuleResponse decide(
      Draft draft, DeletePullThroughCacheRuleRequest request, Context context) {
    CacheRule rule =
        CacheRules.existing(draft, request.registryId(), request.ecrRepositoryPrefix(), context);
    draft.remove(CacheRule.KIND, rule.prefix());
    return DeletePullThroughCacheRuleResponse.builder()
        .ecrRepositoryPrefix(rule.prefix())
        .upstreamRegistryUrl(rule.upstream())
        .createdAt(rule.createdAt())
        .registryId(context.place().accountId())
        .customRoleArn(rule.customRoleArn())
        .upstreamRepositoryPrefix(rule.upstreamPrefix())
        .build();
  }
}
