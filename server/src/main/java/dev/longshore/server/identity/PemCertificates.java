package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.longshore.core.identity.CertificateReader;
import dev.longshore.shapes.iam.KeyPairMismatchException;
import dev.longshore.shapes.iam.MalformedCertificateException;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads certificates and keys as PEM, with what the JDK has for that. */
public final class PemCertificates implements CertificateReader {
  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";
  private static final int PROBE_BYTES = 32;

  private final SecureRandom random = new SecureRandom();

  @Override
  public Instant check(String body, @Nullable String chain, String privateKey) {
    X509Certificate certificate = certificate(body);
    if (chain != null) {
      certificate(chain);
    }
    checkPair(certificate.getPublicKey(), key(privateKey, certificate.getPublicKey()));
    return certificate.getNotAfter().toInstant();
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
    } catch (CertificateException | ClassCastException e) {
      throw new MalformedCertificateException(
          "Unable to parse certificate. Please ensure the certificate is in PEM format.");
    }
  }

  private static PrivateKey key(String pem, PublicKey other) {
    int begin = pem.indexOf(KEY_BEGIN);
    int end = pem.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw malformedKey();
    }
    String base64 = pem.substring(begin + KEY_BEGIN.length(), end);
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(base64);
      return KeyFactory.getInstance(other.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw malformedKey();
    }
  }

  /** What went wrong is left out of the text: it may show parts of the key. */
  private static MalformedCertificateException malformedKey() {
    return new MalformedCertificateException(
        "Unable to parse key. Please ensure the private key is in PKCS #8 PEM format and not"
            + " encrypted.");
  }

  private void checkPair(PublicKey publicKey, PrivateKey privateKey) {
    String algorithm =
        switch (publicKey.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> publicKey.getAlgorithm();
        };
    byte[] probe = new byte[PROBE_BYTES];
    random.nextBytes(probe);
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(privateKey);
      signer.update(probe);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(publicKey);
      verifier.update(probe);
      if (verifier.verify(signature)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      throw malformedKey();
    }
    throw new KeyPairMismatchException(
        "Private key is not a match for the certificate's public key.");
  }
}
