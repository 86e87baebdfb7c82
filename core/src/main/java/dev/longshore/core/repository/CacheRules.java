package dev.longshore.core.repository;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.PullThroughCacheRule;
import dev.longshore.shapes.ecr.PullThroughCacheRuleNotFoundException;
import dev.longshore.shapes.ecr.UnsupportedUpstreamRegistryException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds and shows pull-through cache rules. */
public final class CacheRules {
  private static final Pattern HOST =
      Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");

  private CacheRules() {}

  /** The prefix as rules are keyed: a slash at its end says nothing. */
  static String prefix(String asked) {
    return asked.endsWith("/") ? asked.substring(0, asked.length() - 1) : asked;
  }

  /**
   * The rule of that prefix.
   *
   * @throws PullThroughCacheRuleNotFoundException there is none
   */
  public static CacheRule existing(
      View view, @Nullable String registry, String prefix, Context context) {
    String id = registry == null ? context.place().accountId() : registry;
    CacheRule rule =
        id.equals(context.place().accountId()) ? view.find(CacheRule.KIND, prefix(prefix)) : null;
    if (rule == null) {
      throw new PullThroughCacheRuleNotFoundException(
          "The pull through cache rule with prefix '"
              + prefix
              + "' does not exist in the registry with id '"
              + id
              + "'");
    }
    return rule;
  }

  /** The host that a registry's address names, with or without a scheme. */
  static String host(String url) {
    String host =
        url.toLowerCase(Locale.ROOT).replaceFirst("^https?://", "").replaceFirst("/$", "");
    if (!HOST.matcher(host).matches()) {
      throw new UnsupportedUpstreamRegistryException(
          "The upstream registry '" + url + "' is not supported: it must be a host, or host:port");
    }
    return host;
  }

  /** What the API calls the registry of a host; null where it has no name for it. */
  static @Nullable String name(String host) {
    return switch (host) {
      case "registry-1.docker.io" -> "docker-hub";
      case "public.ecr.aws" -> "ecr-public";
      case "quay.io" -> "quay";
      case "registry.k8s.io" -> "k8s";
      case "ghcr.io" -> "github-container-registry";
      case "registry.gitlab.com" -> "gitlab-container-registry";
      case "cgr.dev" -> "chainguard";
      default ->
          host.endsWith(".azurecr.io")
              ? "azure-container-registry"
              : host.contains(".dkr.ecr.") ? "ecr" : null;
    };
  }

  static PullThroughCacheRule shown(CacheRule rule, Context context) {
    return PullThroughCacheRule.builder()
        .ecrRepositoryPrefix(rule.prefix())
        .upstreamRegistryUrl(rule.upstream())
        .createdAt(rule.createdAt())
        .registryId(context.place().accountId())
        .customRoleArn(rule.customRoleArn())
        .upstreamRepositoryPrefix(rule.upstreamPrefix())
        .upstreamRegistry(rule.upstreamName())
        .updatedAt(rule.updatedAt())
        .build();
  }
}
