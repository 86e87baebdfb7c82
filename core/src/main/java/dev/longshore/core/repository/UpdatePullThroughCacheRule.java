package dev.longshore.core.repository;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.UpdatePullThroughCacheRuleRequest;
import dev.longshore.shapes.ecr.UpdatePullThroughCacheRuleResponse;

/** Changes with whose rights a pull-through cache rule fetches. */
public final class UpdatePullThroughCacheRule
    implements Command<UpdatePullThroughCacheRuleRequest, UpdatePullThroughCacheRuleResponse> {

  @Override
  public UpdatePullThroughCacheRuleResponse decide(
      Draft draft, UpdatePullThroughCacheRuleRequest request, Context context) {
    CacheRule before =
        CacheRules.existing(draft, request.registryId(), request.ecrRepositoryPrefix(), context);
    CreatePullThroughCacheRule.checkCredentials(request.credentialArn());
    CacheRule rule =
        before.withRole(
            request.customRoleArn() == null ? before.customRoleArn() : request.customRoleArn(),
            context.now());
    draft.put(CacheRule.KIND, rule);
    return UpdatePullThroughCacheRuleResponse.builder()
        .ecrRepositoryPrefix(rule.prefix())
        .registryId(context.place().accountId())
        .updatedAt(rule.updatedAt())
        .customRoleArn(rule.customRoleArn())
        .upstreamRepositoryPrefix(rule.upstreamPrefix())
        .build();
  }
}
