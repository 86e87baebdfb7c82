package dev.longshore.wire.signature;

/** What a signing key is good for: one day, one region, one service. */
public record CredentialScope(String date, String region, String service, String terminator) {
  static final String TERMINATOR = "aws4_request";

  static CredentialScope of(String date, String region, String service) {
    return new CredentialScope(date, region, service, TERMINATOR);
  }

  /** As the string to sign and the credential spell it. */
  String text() {
    return date + '/' + region + '/' + service + '/' + terminator;
  }
}
