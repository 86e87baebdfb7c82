package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.elbv2.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Targets that do the same, and how they are looked at.
 *
 * @param specification as the API shows it, with every default, without load balancers
 * @param attributes those that were set; all others have AWS's defaults
 */
public record TargetGroup(
    String arn,
    String name,
    dev.longshore.shapes.elbv2.TargetGroup specification,
    Map<String, String> attributes,
    List<Tag> tags,
    Instant createdAt) {
  public static final String INSTANCE = "instance";
  public static final String IP = "ip";

  /** Keyed by ARN. */
  public static final Kind<TargetGroup> KIND =
      Kind.of("targetGroup", TargetGroup.class, TargetGroup::arn);

  /** Buckets by name; no two have the same. */
  public static final Index<TargetGroup> BY_NAME = KIND.index("name", TargetGroup::name);

  /** Whether its targets are an application load balancer's. */
  public boolean isHttp() {
    return Objects.requireNonNull(specification.protocol()).startsWith("HTTP");
  }

  /** Seconds that a deregistered target has to finish what is under way. */
  public int deregistrationDelay() {
    String set = attributes.get("deregistration_delay.timeout_seconds");
    return set == null ? 300 : Integer.parseInt(set);
  }

  public TargetGroup withSpecification(dev.longshore.shapes.elbv2.TargetGroup value) {
    return new TargetGroup(arn, name, value, attributes, tags, createdAt);
  }

  public TargetGroup withAttributes(Map<String, String> value) {
    return new TargetGroup(arn, name, specification, value, tags, createdAt);
  }

  public TargetGroup withTags(List<Tag> value) {
    return new TargetGroup(arn, name, specification, attributes, value, createdAt);
  }
}
