package dev.longshore.gateway.tls;

import java.util.List;

/** The names of cipher suites: AWS has OpenSSL's, Java has those of the standards. */
public final class Suites {
  private static final String EXCHANGE_AND_BITS = "ECDHE-(ECDSA|RSA)-AES(128|256)-";
  private static final String BEGINNING = "TLS_ECDHE_$1_WITH_AES_$2_";

  private Suites() {}

  static List<String> named(List<String> openSsl) {
    return openSsl.stream().map(Suites::named).toList();
  }

  /** Suites of TLS 1.3 have one name only. */
  private static String named(String openSsl) {
    return openSsl
        .replaceAll(EXCHANGE_AND_BITS + "GCM-(SHA\\d+)", BEGINNING + "GCM_$3")
        .replaceAll(EXCHANGE_AND_BITS + "(SHA\\d*)", BEGINNING + "CBC_$3");
  }

  /** What OpenSSL, and so AWS, calls a suite of Java's. */
  public static String openSsl(String java) {
    return java.replaceAll(
            "TLS_ECDHE_(ECDSA|RSA)_WITH_AES_(128|256)_(?:CBC|(GCM))_(SHA\\d*)",
            "ECDHE-$1-AES$2-$3-$4")
        .replace("--", "-");
  }
}
