package dev.longshore.gateway.route;

import java.util.List;

/**
 * What clients and a secure listener may agree on.
 *
 * @param protocols as AWS names them, for example {@code TLSv1.3}
 * @param ciphers as AWS names them, the preferred first; empty for all that TLS here has
 */
public record SecurityPolicy(List<String> protocols, List<String> ciphers) {
  private static final SecurityPolicy USUAL =
      new SecurityPolicy(List.of("TLSv1.2", "TLSv1.3"), List.of());

  public SecurityPolicy {
    protocols = List.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }

  /** Versions 1.2 and 1.3, as TLS here has them. */
  public static SecurityPolicy usual() {
    return USUAL;
  }
}
