package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.elbv2.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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

  /** The ARNs of all certificates that clients may be shown, the default one first. */
  public List<String> shown() {
    List<String> arns = new ArrayList<>();
    if (specification.certificates() != null) {
      for (Certificate each : specification.certificates()) {
        if (each.certificateArn() != null) {
          arns.add(each.certificateArn());
        }
      }
    }
    arns.addAll(certificates);
    return arns;
  }

  /** Another specification; at another port, nothing is known yet of what listens there. */
  public Listener withSpecification(dev.longshore.shapes.elbv2.Listener value, int atPort) {
    return with(next -> {
      next.specification = value;
      next.boundPort = atPort == port ? boundPort : null;
      next.failure = atPort == port ? failure : null;
      next.port = atPort;
    });
  }

  public Listener withCertificates(List<String> value) {
    return with(next -> next.certificates = value);
  }

  public Listener withAttributes(Map<String, String> value) {
    return with(next -> next.attributes = value);
  }

  public Listener withTags(List<Tag> value) {
    return with(next -> next.tags = value);
  }

  /** As the data plane found it. */
  public Listener bound(@Nullable Integer atPort, @Nullable String why) {
    return with(next -> {
      next.boundPort = atPort;
      next.failure = why;
    });
  }

  private Listener with(Consumer<Editor> change) {
    Editor next = new Editor(this);
    change.accept(next);
    return new Listener(
        arn,
        loadBalancerArn,
        defaultRuleArn,
        next.port,
        next.specification,
        next.certificates,
        next.attributes,
        next.tags,
        next.boundPort,
        next.failure);
  }

  /** Holds what may change, for all that change some of it. */
  private static final class Editor {
    private int port;
    private dev.longshore.shapes.elbv2.Listener specification;
    private List<String> certificates;
    private Map<String, String> attributes;
    private List<Tag> tags;
    private @Nullable Integer boundPort;
    private @Nullable String failure;

    private Editor(Listener from) {
      port = from.port;
      specification = from.specification;
      certificates = from.certificates;
      attributes = from.attributes;
      tags = from.tags;
      boundPort = from.boundPort;
      failure = from.failure;
    }
  }
}
