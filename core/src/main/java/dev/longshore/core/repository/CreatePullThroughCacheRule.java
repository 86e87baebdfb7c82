package dev.longshore.core.repository;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.CreatePullThroughCacheRuleRequest;
import dev.longshore.shapes.ecr.CreatePullThroughCacheRuleResponse;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.PullThroughCacheRuleAlreadyExistsException;
import dev.longshore.shapes.ecr.UnableToAccessSecretException;
import org.jspecify.annotations.Nullable;

/** Has repositories whose names begin with a prefix be filled from another registry. */
public final class CreatePullThroughCacheRule
    implements Command<CreatePullThroughCacheRuleRequest, CreatePullThroughCacheRuleResponse> {
  /** Rules that a registry may have. */
  private static final int MOST = 50;

  @Override
  public CreatePullThroughCacheRuleResponse decide(
      Draft draft, CreatePullThroughCacheRuleRequest request, Context context) {
    CreateRepository.checkRegistry(request.registryId(), context);
    checkCredentials(request.credentialArn());
    String prefix = CacheRules.prefix(request.ecrRepositoryPrefix());
    if (draft.find(CacheRule.KIND, prefix) != null) {
      throw new PullThroughCacheRuleAlreadyExistsException(
          "The pull through cache rule with prefix '"
              + prefix
              + "' already exists in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    if (draft.count(CacheRule.KIND) >= MOST) {
      throw new LimitExceededException(
          "A registry cannot have more than " + MOST + " pull through cache rules");
    }
    String host = CacheRules.host(request.upstreamRegistryUrl());
    CacheRule rule =
        new CacheRule(
            prefix,
            host,
            request.upstreamRegistry() == null ? CacheRules.name(host) : request.upstreamRegistry(),
            request.customRoleArn(),
            request.upstreamRepositoryPrefix(),
            context.now(),
            context.now());
    draft.put(CacheRule.KIND, rule);
    return CreatePullThroughCacheRuleResponse.builder()
        .ecrRepositoryPrefix(prefix)
        .upstreamRegistryUrl(host)
        .createdAt(rule.createdAt())
        .registryId(context.place().accountId())
        .upstreamRegistry(rule.upstreamName())
        .customRoleArn(rule.customRoleArn())
        .upstreamRepositoryPrefix(rule.upstreamPrefix())
        .build();
  }

  /** Other registries are read as anybody may read them, so a password would not be used. */
  static void checkCredentials(@Nullable String arn) {
    if (arn != null) {
      throw new UnableToAccessSecretException(
          "The secret '"
              + arn
              + "' cannot be used: pull through cache rules read other registries without a"
              + " password here");
    }
  }
}
