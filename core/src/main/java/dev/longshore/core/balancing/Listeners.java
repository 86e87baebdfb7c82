package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.elbv2.CertificateNotFoundException;
import dev.longshore.shapes.elbv2.DuplicateListenerException;
import dev.longshore.shapes.elbv2.ListenerNotFoundException;
import dev.longshore.shapes.elbv2.MutualAuthenticationAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds listeners; checks and deletes them. */
final class Listeners {
  static final String USUAL_POLICY = "ELBSecurityPolicy-2016-08";

  private static final List<String> APPLICATION = List.of("HTTPS", "HTTP");
  private static final List<String> NETWORK = List.of("UDP", "TCP", "TCP_UDP", "TLS");

  private Listeners() {}

  /**
   * The listener of that ARN.
   *
   * @throws dev.longshore.shapes.ServiceException there is none, or the text is no such ARN
   */
  static Listener existing(View view, String arn) {
    Names.checkArn(arn, "listener", "listener");
    Listener found = view.find(Listener.KIND, arn);
    if (found == null) {
      throw new ListenerNotFoundException("One or more listeners not found");
    }
    return found;
  }

  /** The listener of that load balancer at that port; null where there is none. */
  static @Nullable Listener at(View view, String loadBalancerArn, int port) {
    for (Listener each : view.by(Listener.OF_LOAD_BALANCER, loadBalancerArn)) {
      if (each.port() == port) {
        return each;
      }
    }
    return null;
  }

  /** What is said of a port that another listener has. */
  static DuplicateListenerException taken(LoadBalancer balancer) {
    return new DuplicateListenerException(
        "A listener already exists on this port for this load balancer '" + balancer.arn() + "'");
  }

  /** Whether it is one of an application load balancer. */
  static boolean isApplication(Listener row) {
    return APPLICATION.contains(Given.text(row.specification().protocol()));
  }

  static AttributeRules attributes(Listener row) {
    return isApplication(row)
        ? AttributeRules.APPLICATION_LISTENER
        : AttributeRules.NETWORK_LISTENER;
  }

  /** Deletes a listener with its rules. */
  static void delete(Draft draft, Listener listener) {
    for (ListenerRule rule : draft.by(ListenerRule.OF_LISTENER, listener.arn())) {
      Forwardings.drop(draft, rule.arn());
      draft.remove(ListenerRule.KIND, rule.arn());
    }
    Forwardings.drop(draft, listener.arn());
    draft.remove(Listener.KIND, listener.arn());
  }

  static String protocol(@Nullable String protocol, LoadBalancer balancer) {
    List<String> allowed = balancer.isApplication() ? APPLICATION : NETWORK;
    Faults.demand(protocol != null, "A listener protocol must be specified");
    String given = Given.text(protocol);
    Faults.demand(
        allowed.contains(given),
        "Listener protocol '" + given + "' must be one of '" + String.join(", ", allowed) + "'");
    return given;
  }

  static boolean isSecure(String protocol) {
    return protocol.equals("HTTPS") || protocol.equals("TLS");
  }

  /**
   * The policy of TLS that a listener has.
   *
   * @throws dev.longshore.shapes.ServiceException there is none of that name
   */
  static @Nullable String policy(@Nullable String asked, String protocol) {
    if (!isSecure(protocol)) {
      Faults.demand(
          asked == null, "An SSL policy cannot be specified for " + protocol + " listeners");
      return null;
    }
    String policy = asked == null ? USUAL_POLICY : asked;
    SslPolicies.check(policy);
    return policy;
  }

  /**
   * The one certificate that a listener has by default.
   *
   * @throws dev.longshore.shapes.ServiceException a secure one has none or several, or it is
   *     nothing that could be one
   */
  static @Nullable List<Certificate> certificates(
      @Nullable List<Certificate> asked, String protocol) {
    List<Certificate> certificates = Given.list(asked);
    if (!isSecure(protocol)) {
      Faults.demand(
          certificates.isEmpty(),
          "Certificates cannot be specified for " + protocol + " listeners");
      return null;
    }
    Faults.demand(
        !certificates.isEmpty(), "A certificate must be specified for " + protocol + " listeners");
    Faults.demand(certificates.size() == 1, "You can specify only one default certificate");
    return List.of(
        Certificate.builder().certificateArn(certificate(certificates.getFirst())).build());
  }

  /**
   * The ARN of a certificate; whether its files are there is found when it is loaded.
   *
   * @throws CertificateNotFoundException it is no certificate's ARN
   */
  static String certificate(Certificate certificate) {
    String arn = Given.text(certificate.certificateArn());
    Arn parsed = Arn.parse(arn).orElse(null);
    boolean valid =
        parsed != null
            && parsed.resource().matches("(certificate|server-certificate)/[\\w+=,.@/-]{1,512}")
            && !parsed.resource().contains("..")
            && (parsed.service().equals("acm") || parsed.service().equals("iam"));
    if (!valid) {
      throw new CertificateNotFoundException("Certificate '" + arn + "' not found");
    }
    return arn;
  }

  static void refuse(
      @Nullable MutualAuthenticationAttributes authentication, @Nullable List<String> alpn) {
    if (authentication != null && !"off".equals(authentication.mode())) {
      throw Faults.unsupported("mutual authentication");
    }
    if (!Given.list(alpn).isEmpty()) {
      throw Faults.unsupported("ALPN policies");
    }
  }
}
