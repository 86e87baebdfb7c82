package dev.longshore.core.balancing;

import dev.longshore.shapes.elbv2.Cipher;
import dev.longshore.shapes.elbv2.SslPolicy;
import java.util.ArrayList;
import java.util.List;

/**
 * The security policies of TLS that listeners may have: what this program's TLS can do of AWS's
 * policies, so those that insist on versions before 1.2 are not among them.
 */
final class SslPolicies {
  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");
  private static final List<String> TLS_1_2 =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384");

  private static final List<SslPolicy> ALL =
      List.of(
          policy("ELBSecurityPolicy-2016-08", List.of("TLSv1.2"), TLS_1_2),
          policy("ELBSecurityPolicy-TLS-1-2-2017-01", List.of("TLSv1.2"), TLS_1_2),
          policy("ELBSecurityPolicy-TLS13-1-2-2021-06", List.of("TLSv1.2", "TLSv1.3"), joined()),
          policy(
              "ELBSecurityPolicy-TLS13-1-2-Res-2021-06", List.of("TLSv1.2", "TLSv1.3"), joined()),
          policy("ELBSecurityPolicy-TLS13-1-3-2021-06", List.of("TLSv1.3"), TLS_1_3));

  private SslPolicies() {}

  private static List<String> joined() {
    List<String> all = new ArrayList<>(TLS_1_3);
    all.addAll(TLS_1_2);
    return all;
  }

  private static SslPolicy policy(String name, List<String> protocols, List<String> names) {
    List<Cipher> ciphers = new ArrayList<>();
    names.forEach(each -> ciphers.add(new Cipher(each, ciphers.size() + 1)));
    return new SslPolicy(protocols, List.copyOf(ciphers), name, List.of("application", "network"));
  }

  static List<SslPolicy> all() {
    return ALL;
  }

  static boolean exists(String name) {
    return ALL.stream().anyMatch(policy -> name.equals(policy.name()));
  }
}
