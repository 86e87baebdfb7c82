package dev.longshore.gateway.route;

import java.util.List;
import java.util.Map;

/**
 * A port that is listened on, and what becomes of what arrives.
 *
 * @param arn identifies the listener; a listener whose ARN, address, port and kind of socket stay
 *     keeps its socket and its connections through a change of everything else
 * @param address the address to bind, as a literal
 * @param port 0 takes a free one
 * @param attributes as ModifyListenerAttributes takes them, by AWS's keys
 * @param security of HTTPS and TLS: what handshakes may agree on
 * @param certificates of HTTPS and TLS: the first is the default, others are found by server name
 * @param rules in any order; the lowest priority that matches wins
 * @param defaultAction what is done where no rule matches; for TCP, TLS and UDP always a forward
 */
public record Listener(
    String arn,
    Protocol protocol,
    String address,
    int port,
    Map<String, String> attributes,
    SecurityPolicy security,
    List<Certificate> certificates,
    List<Rule> rules,
    Action defaultAction) {
  public Listener {
    attributes = Ordered.copy(attributes);
    certificates = List.copyOf(certificates);
    rules = List.copyOf(rules);
  }

  /** A listener without attributes, certificates and rules. */
  public static Listener plain(
      String arn, Protocol protocol, String address, int port, Action defaultAction) {
    return new Listener(
        arn,
        protocol,
        address,
        port,
        Map.of(),
        SecurityPolicy.usual(),
        List.of(),
        List.of(),
        defaultAction);
  }

  /** The same listener at another address. */
  public Listener at(String other) {
    return new Listener(
        arn, protocol, other, port, attributes, security, certificates, rules, defaultAction);
  }
}
