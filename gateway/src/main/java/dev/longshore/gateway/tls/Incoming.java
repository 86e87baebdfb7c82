package dev.longshore.gateway.tls;

import dev.longshore.gateway.route.Certificate;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.LoadBalancer;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Routes;
import dev.longshore.gateway.route.SecurityPolicy;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.AttributeKey;
import io.netty.util.Mapping;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of all secure listeners, ready for handshakes. Immutable: new routes make a new
 * one, which takes over what has not changed; connections that are open keep what they agreed on.
 */
public final class Incoming {
  private static final int MAX_HELLO = 16 << 10;
  private static final long HANDSHAKE_MILLIS = 10_000;
  private static final AttributeKey<String> SHOWN = AttributeKey.valueOf("longshore.certificate");

  /** A certificate for one kind of listener. */
  private record Ready(
      Certificate certificate, SecurityPolicy security, boolean http, boolean http2) {}

  private record Named(String certificateArn, List<String> names, SslContext context) {}

  private record Choice(SslContext otherwise, List<Named> all)
      implements Mapping<String, SslContext> {
    /** An exact name is better than a pattern, and any than the default. */
    @Override
    public SslContext map(@Nullable String name) {
      if (name == null) {
        return otherwise;
      }
      String lower = name.toLowerCase(Locale.ROOT);
      int dot = lower.indexOf('.');
      String pattern = dot < 0 ? lower : "*" + lower.substring(dot);
      for (Named each : all) {
        if (each.names().contains(lower)) {
          return each.context();
        }
      }
      for (Named each : all) {
        if (each.names().contains(pattern)) {
          return each.context();
        }
      }
      return otherwise;
    }

    String certificateArn(SslContext chosen) {
      for (Named each : all) {
        if (each.context().equals(chosen)) {
          return each.certificateArn();
        }
      }
      throw new IllegalStateException("a context of another listener");
    }
  }

  /** Chooses by the name that a client asks for, and notes what it is shown. */
  private static final class Chooser extends SniHandler {
    private final Choice choice;

    Chooser(Choice choice) {
      super(choice, MAX_HELLO, HANDSHAKE_MILLIS);
      this.choice = choice;
    }

    @Override
    protected void replaceHandler(ChannelHandlerContext ctx, String name, SslContext chosen)
        throws Exception {
      ctx.channel().attr(SHOWN).set(choice.certificateArn(chosen));
      super.replaceHandler(ctx, name, chosen);
    }
  }

  private final Map<Ready, Named> contexts = new LinkedHashMap<>();
  private final Map<String, Choice> choices = new LinkedHashMap<>();

  private Incoming() {}

  /** No certificate for anybody. */
  public static Incoming none() {
    return new Incoming();
  }

  /**
   * Makes the certificates of routes ready.
   *
   * @throws IllegalArgumentException for a certificate or a key that cannot be read, or do not
   *     belong together, or are missing
   */
  public static Incoming of(Routes routes, Incoming before) {
    Incoming now = new Incoming();
    for (LoadBalancer balancer : routes.loadBalancers()) {
      boolean http2 = !"false".equals(balancer.attributes().get("routing.http2.enabled"));
      for (Listener listener : balancer.listeners()) {
        if (listener.protocol().isSecure()) {
          now.choices.put(listener.arn(), now.choice(listener, http2, before));
        }
      }
    }
    return now;
  }

  private Choice choice(Listener listener, boolean http2, Incoming before) {
    if (listener.certificates().isEmpty()) {
      throw new IllegalArgumentException(
          "a secure listener without certificate: " + listener.arn());
    }
    List<Named> all = new ArrayList<>();
    for (Certificate each : listener.certificates()) {
      boolean http = listener.protocol() == Protocol.HTTPS;
      Ready ready = new Ready(each, listener.security(), http, http && http2);
      Named known = before.contexts.get(ready);
      Named named = known == null ? named(ready) : known;
      contexts.put(ready, named);
      all.add(named);
    }
    return new Choice(all.getFirst().context(), all);
  }

  /**
   * Finds whether a certificate could be shown.
   *
   * @throws IllegalArgumentException it or its key cannot be read, or they do not belong together
   */
  public static void check(Certificate certificate) {
    var _ = named(new Ready(certificate, SecurityPolicy.usual(), false, false));
  }

  private static Named named(Ready ready) {
    Certificate certificate = ready.certificate();
    try {
      SslContextBuilder builder =
          SslContextBuilder.forServer(stream(certificate.chain()), stream(certificate.privateKey()))
              .sslProvider(SslProvider.JDK)
              .protocols(ready.security().protocols());
      if (!ready.security().ciphers().isEmpty()) {
        builder.ciphers(
            Suites.named(ready.security().ciphers()), SupportedCipherSuiteFilter.INSTANCE);
      }
      if (ready.http()) {
        builder.applicationProtocolConfig(
            new ApplicationProtocolConfig(
                ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ready.http2()
                    ? List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)
                    : List.of(ApplicationProtocolNames.HTTP_1_1)));
      }
      return new Named(certificate.id(), names(certificate), builder.build());
    } catch (SSLException | CertificateException | InvalidNameException e) {
      throw new IllegalArgumentException("certificate " + certificate.id() + ": " + e, e);
    }
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The names that a certificate is for; its common name only where it has no others. */
  private static List<String> names(Certificate certificate)
      throws CertificateException, InvalidNameException {
    X509Certificate first =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(stream(certificate.chain()));
    List<String> names = new ArrayList<>();
    Collection<List<?>> alternatives = first.getSubjectAlternativeNames();
    if (alternatives != null) {
      for (List<?> each : alternatives) {
        // 2 is the kind of names that DNS knows.
        if (Integer.valueOf(2).equals(each.get(0)) && each.get(1) instanceof String name) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    }
    if (names.isEmpty()) {
      for (Rdn part : new LdapName(first.getSubjectX500Principal().getName()).getRdns()) {
        if (part.getType().equalsIgnoreCase("CN")) {
          names.add(part.getValue().toString().toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }

  /** What begins TLS on a connection that a listener accepted, or null where it is not secure. */
  public @Nullable ChannelHandler handshake(String listenerArn) {
    Choice choice = choices.get(listenerArn);
    return choice == null ? null : new Chooser(choice);
  }

  /** The ARN of the certificate that a connection's client was shown; null before and without. */
  public static @Nullable String shown(Channel connection) {
    return connection.attr(SHOWN).get();
  }
}
