package dev.longshore.core.identity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads certificates, which the core cannot do by itself. */
public interface CertificateReader {
  /**
   * Looks at what is uploaded.
   *
   * @param body the certificate, PEM
   * @param chain the certificates above it, PEM; null: none
   * @param privateKey PEM, not encrypted
   * @return when the certificate ends
   * @throws dev.longshore.shapes.iam.MalformedCertificateException a text is no such PEM
   * @throws dev.longshore.shapes.iam.KeyPairMismatchException the key is not the certificate's
   */
  Instant check(String body, @Nullable String chain, String privateKey);
}
