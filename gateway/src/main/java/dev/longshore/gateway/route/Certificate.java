package dev.longshore.gateway.route;

/**
 * A certificate with its key. Server names are read from the certificate itself.
 *
 * @param id the certificate's ARN
 * @param chain PEM, the server's own certificate first
 * @param privateKey PEM, PKCS #8, without a password
 */
public record Certificate(String id, String chain, String privateKey) {
  /** Says which certificate it is and keeps the key to itself. */
  @Override
  public String toString() {
    return "Certificate[" + id + "]";
  }
}
