package dev.longshore.core.balancing;

import dev.longshore.shapes.elbv2.Cipher;
import dev.longshore.shapes.elbv2.SSLPolicyNotFoundException;
import dev.longshore.shapes.elbv2.SslPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The security policies of TLS that listeners may have: what this program's TLS can do of AWS's
 * policies. It speaks no version before 1.2 and agrees on no key without forward secrecy, so
 * policies are listed without those, and the ones that are for older versions are refused.
 */
public final class SslPolicies {
  private static final String PREFIX = "ELBSecurityPolicy-";
  private static final List<String> ONLY_1_2 = List.of("TLSv1.2");
  private static final List<String> BOTH = List.of("TLSv1.2", "TLSv1.3");

  private static final List<String> TLS_1_3 =
      List.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

  private static final List<String> RESTRICTED =
      List.of(
          "ECDHE-ECDSA-AES128-GCM-SHA256",
          "ECDHE-RSA-AES128-GCM-SHA256",
          "ECDHE-ECDSA-AES256-GCM-SHA384",
          "ECDHE-RSA-AES256-GCM-SHA384");

  private static final List<String> SECURE =
      joined(
          RESTRICTED,
          List.of(
              "ECDHE-ECDSA-AES128-SHA256",
              "ECDHE-RSA-AES128-SHA256",
              "ECDHE-ECDSA-AES256-SHA384",
              "ECDHE-RSA-AES256-SHA384"));

  private static final List<String> EXTENDED =
      joined(
          SECURE,
          List.of(
              "ECDHE-ECDSA-AES128-SHA",
              "ECDHE-RSA-AES128-SHA",
              "ECDHE-ECDSA-AES256-SHA",
              "ECDHE-RSA-AES256-SHA"));

  private static final List<SslPolicy> ALL =
      List.of(
          policy("2016-08", ONLY_1_2, EXTENDED),
          policy("TLS-1-2-2017-01", ONLY_1_2, SECURE),
          policy("TLS-1-2-Ext-2018-06", ONLY_1_2, EXTENDED),
          policy("FS-2018-06", ONLY_1_2, EXTENDED),
          policy("FS-1-2-2019-08", ONLY_1_2, EXTENDED),
          policy("FS-1-2-Res-2019-08", ONLY_1_2, SECURE),
          policy("FS-1-2-Res-2020-10", ONLY_1_2, RESTRICTED),
          policy("TLS13-1-2-2021-06", BOTH, joined(TLS_1_3, SECURE)),
          policy("TLS13-1-2-Res-2021-06", BOTH, joined(TLS_1_3, RESTRICTED)),
          policy("TLS13-1-2-Ext1-2021-06", BOTH, joined(TLS_1_3, SECURE)),
          policy("TLS13-1-2-Ext2-2021-06", BOTH, joined(TLS_1_3, EXTENDED)),
          policy("TLS13-1-3-2021-06", List.of("TLSv1.3"), TLS_1_3));

  /** Names of AWS's policies that are there for the sake of versions before 1.2. */
  private static final String FOR_OLD_CLIENTS =
      PREFIX + "(2015-05|TLS-1-[01]-.+|TLS13-1-[01]-.+|FS-1-1-.+)";

  private SslPolicies() {}

  private static List<String> joined(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return List.copyOf(all);
  }

  private static SslPolicy policy(String name, List<String> protocols, List<String> names) {
    List<Cipher> ciphers = new ArrayList<>();
    names.forEach(each -> ciphers.add(new Cipher(each, ciphers.size() + 1)));
    return new SslPolicy(
        protocols, List.copyOf(ciphers), PREFIX + name, List.of("application", "network"));
  }

  static List<SslPolicy> all() {
    return ALL;
  }

  /** The policy of that name. */
  public static Optional<SslPolicy> find(String name) {
    return ALL.stream().filter(policy -> name.equals(policy.name())).findFirst();
  }

  /**
   * Checks a policy's name.
   *
   * @throws SSLPolicyNotFoundException there is none of that name
   * @throws dev.longshore.shapes.ServiceException AWS has it for versions that are not spoken here
   */
  static void check(String name) {
    if (name.matches(FOR_OLD_CLIENTS)) {
      throw Faults.unsupported("versions of TLS before 1.2, so no policy " + name);
    }
    if (find(name).isEmpty()) {
      throw new SSLPolicyNotFoundException("SSL policy '" + name + "' not found");
    }
  }
}
