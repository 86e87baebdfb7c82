package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a port that speaks TLS shows its peers: a certificate, of files that may be replaced while
 * it is served. Connections that are open keep what they agreed on.
 */
public final class Tls {
  private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

  /** Files are looked at when a connection comes, but not more often than that. */
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long a peer may take to agree. */
  static final long HANDSHAKE_SECONDS = 10;

  private static final byte[] PROBE = "one pair".getBytes(US_ASCII);
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private final Path certificate;
  private final Path key;
  private final AtomicLong looked = new AtomicLong(System.nanoTime());
  private volatile Ready ready;

  /** How files were when they were read last. */
  private record Age(FileTime certificate, FileTime key) {}

  private record Ready(Age age, SslContext context) {}

  private Tls(Path certificate, Path key) throws IOException {
    this.certificate = certificate;
    this.key = key;
    this.ready = new Ready(age(), read());
  }

  /**
   * TLS by files of PEM.
   *
   * @param certificate with those that signed it, if there are any between it and a known one
   * @param key in PKCS #8, without a password
   * @throws IOException if a file cannot be read or holds something else, or they are no pair
   */
  public static Tls of(Path certificate, Path key) throws IOException {
    return new Tls(certificate, key);
  }

  /** TLS for a connection that came. */
  SslHandler session(ByteBufAllocator memory) {
    lookNowAndThen();
    SslHandler handler = ready.context().newHandler(memory);
    handler.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return handler;
  }

  private void lookNowAndThen() {
    long last = looked.get();
    long now = System.nanoTime();
    if (now - last >= LOOK_NANOS && looked.compareAndSet(last, now)) {
      look();
    }
  }

  /** Reads the files again if they are others than before. */
  void look() {
    Ready before = ready;
    try {
      Age age = age();
      if (!age.equals(before.age())) {
        // Remembered before it is read, so that what cannot be read is told of once.
        ready = new Ready(age, before.context());
        ready = new Ready(age, read());
        LOG.info("The certificate {} was read again", certificate);
      }
    } catch (IOException e) {
      LOG.warn("The certificate before is still shown: {}", e.toString());
    }
  }

  private Age age() throws IOException {
    return new Age(Files.getLastModifiedTime(certificate), Files.getLastModifiedTime(key));
  }

  private SslContext read() throws IOException {
    try {
      List<X509Certificate> chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(certificate)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (chain.isEmpty()) {
        throw new IOException(certificate + " holds no certificate in PEM");
      }
      PublicKey shown = chain.getFirst().getPublicKey();
      PrivateKey own = privateKey(shown.getAlgorithm());
      if (!isPair(shown, own)) {
        throw new IOException(key + " is not the key of " + certificate);
      }
      return context(own, chain);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(certificate + " and " + key + " are no certificate and its key", e);
    }
  }

  private PrivateKey privateKey(String algorithm) throws IOException, GeneralSecurityException {
    Matcher pem = KEY.matcher(Files.readString(key, US_ASCII));
    if (!pem.find()) {
      throw new IOException(key + " holds no key in PEM, as PKCS #8 and without a password");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
  }

  private static boolean isPair(PublicKey shown, PrivateKey own) throws GeneralSecurityException {
    String algorithm =
        switch (shown.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> shown.getAlgorithm();
        };
    Signature signer = Signature.getInstance(algorithm);
    signer.initSign(own);
    signer.update(PROBE);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(algorithm);
    verifier.initVerify(shown);
    verifier.update(PROBE);
    return verifier.verify(signature);
  }

  private static SslContext context(PrivateKey own, List<X509Certificate> chain)
      throws IOException {
    return SslContextBuilder.forServer(own, chain)
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(
            new ApplicationProtocolConfig(
                Protocol.ALPN,
                SelectorFailureBehavior.NO_ADVERTISE,
                SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2,
                ApplicationProtocolNames.HTTP_1_1))
        .build();
  }
}
