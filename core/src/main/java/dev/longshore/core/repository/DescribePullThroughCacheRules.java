package dev.longshore.core.repository;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Paging.Page;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.DescribePullThroughCacheRulesRequest;
import dev.longshore.shapes.ecr.DescribePullThroughCacheRulesResponse;
import dev.longshore.shapes.ecr.PullThroughCacheRule;
import java.util.List;

/** Describes pull-through cache rules, sorted by prefix. */
public final class DescribePullThroughCacheRules
    implements Query<DescribePullThroughCacheRulesRequest, DescribePullThroughCacheRulesResponse> {

  @Override
  public DescribePullThroughCacheRulesResponse answer(
      View view, DescribePullThroughCacheRulesRequest request, Context context) {
    CreateRepository.checkRegistry(request.registryId(), context);
    if (request.ecrRepositoryPrefixes() != null) {
      List<PullThroughCacheRule> named =
          request.ecrRepositoryPrefixes().stream()
              .map(prefix -> CacheRules.existing(view, request.registryId(), prefix, context))
              .map(rule -> CacheRules.shown(rule, context))
              .toList();
      return new DescribePullThroughCacheRulesResponse(named, null);
    }
    Paging paging = Paging.of("CacheRules", request.nextToken(), request.maxResults(), 1000, 100);
    Page<PullThroughCacheRule> page =
        paging.page(
            view.after(CacheRule.KIND, paging.after()),
            CacheRule::prefix,
            rule -> CacheRules.shown(rule, context));
    return new DescribePullThroughCacheRulesResponse(page.items(), page.nextToken());
  }
}
