package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.elbv2.Tag;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A port of a load balancer, and what becomes of what arrives there.
 *
 * @param defaultRuleArn names what is done where no rule's conditions are met
 * @param specification as the API shows it, its default actions normalised
 * @param certificates ARNs of the certificates beside the default one, found by server name
 * @param attributes those that were set
 * @param boundPort where the data plane listens instead, if the port itself could not be had
 * @param failure why nothing listens; null where something does, or nobody knows yet
 */
public record Listener(
    String arn,
    String loadBalancerArn,
    String defaultRuleArn,
    int port,
    dev.longshore.shapes.elbv2.Listener specification,
    List<String> certificates,
    Map<String, String> attributes,
    List<Tag> tags,
    @Nullable Integer boundPort,
    @Nullable String failure) {
  /** Keyed by ARN; so the listeners of a load balancer stand side by side. */
  public static final Kind<Listener> KIND = Kind.of("listener", Listener.class, Listener::arn);

  /** Buckets by load balancer ARN. */
  public static final Index<Listener> OF_LOAD_BALANCER =
      KIND.index("loadBalancer", Listener::loadBalancerArn);

  public Listener withSpecification(dev.longshore.shapes.elbv2.Listener value, int atPort) {
    boolean moved = atPort != port;
    return new Listener(
        arn,
        loadBalancerArn,
        defaultRuleArn,
        atPort,
        value,
        certificates,
        attributes,
        tags,
        moved ? null : boundPort,
        moved ? null : failure);
  }

  public Listener withCertificates(List<String> value) {
    return new Listener(
        arn,
        loadBalancerArn,
        defaultRuleArn,
        port,
        specification,
        value,
        attributes,
        tags,
        boundPort,
        failure);
  }

  public Listener withAttributes(Map<String, String> value) {
    return new Listener(
        arn,
        loadBalancerArn,
        defaultRuleArn,
        port,
        specification,
        certificates,
        value,
        tags,
        boundPort,
        failure);
  }

  public Listener withTags(List<Tag> value) {
    return new Listener(
        arn,
        loadBalancerArn,
        defaultRuleArn,
        port,
        specification,
        certificates,
        attributes,
        value,
        boundPort,
        failure);
  }

  /** As the data plane found it. */
  public Listener bound(@Nullable Integer atPort, @Nullable String why) {
    return new Listener(
        arn,
        loadBalancerArn,
        defaultRuleArn,
        port,
        specification,
        certificates,
        attributes,
        tags,
        atPort,
        why);
  }
}
