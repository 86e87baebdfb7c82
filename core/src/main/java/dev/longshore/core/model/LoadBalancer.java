package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.elbv2.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer: an address on which listeners wait.
 *
 * @param specification what the user asked for, as the API shows it, without state and addresses
 * @param address the loopback address that is its own, as a literal
 * @param attributes those that were set; all others have AWS's defaults
 * @param state {@code provisioning} until the data plane has followed, then {@code active}, or
 *     {@code active_impaired} where some listener waits in vain, {@code failed} where all do
 * @param reason why it is impaired or failed
 */
public record LoadBalancer(
    String arn,
    String name,
    dev.longshore.shapes.elbv2.LoadBalancer specification,
    String address,
    Map<String, String> attributes,
    List<Tag> tags,
    Instant createdAt,
    String state,
    @Nullable String reason) {
  public static final String APPLICATION = "application";
  public static final String NETWORK = "network";
  public static final String PROVISIONING = "provisioning";
  public static final String ACTIVE = "active";
  public static final String ACTIVE_IMPAIRED = "active_impaired";
  public static final String FAILED = "failed";

  /** Keyed by ARN. */
  public static final Kind<LoadBalancer> KIND =
      Kind.of("loadBalancer", LoadBalancer.class, LoadBalancer::arn);

  /** Buckets by name; no two have the same. */
  public static final Index<LoadBalancer> BY_NAME = KIND.index("name", LoadBalancer::name);

  /** Buckets by address; no two have the same. */
  public static final Index<LoadBalancer> BY_ADDRESS = KIND.index("address", LoadBalancer::address);

  /** Whether the data plane follows it, as far as it has told. */
  public boolean isFollowed() {
    return state.equals(ACTIVE) || state.equals(ACTIVE_IMPAIRED);
  }

  /** Whether it tells requests apart; a network load balancer tells connections apart. */
  public boolean isApplication() {
    return APPLICATION.equals(specification.type());
  }

  public LoadBalancer withSpecification(dev.longshore.shapes.elbv2.LoadBalancer value) {
    return new LoadBalancer(arn, name, value, address, attributes, tags, createdAt, state, reason);
  }

  public LoadBalancer withAttributes(Map<String, String> value) {
    return new LoadBalancer(
        arn, name, specification, address, value, tags, createdAt, state, reason);
  }

  public LoadBalancer withTags(List<Tag> value) {
    return new LoadBalancer(
        arn, name, specification, address, attributes, value, createdAt, state, reason);
  }

  public LoadBalancer withState(String value, @Nullable String why) {
    return new LoadBalancer(
        arn, name, specification, address, attributes, tags, createdAt, value, why);
  }
}
