package dev.longshore.core.operation;

/**
 * Where objects live: ECS is regional, so every object is in one account of one region.
 *
 * @param partition {@code aws}
 * @param region for example {@code us-east-1}
 * @param accountId twelve digits
 */
public record Place(String partition, String region, String accountId) {
  /** The ARN of an ECS object with that resource part, for example {@code cluster/default}. */
  public String ecs(String resource) {
    return "arn:" + partition + ":ecs:" + region + ':' + accountId + ':' + resource;
  }
}
