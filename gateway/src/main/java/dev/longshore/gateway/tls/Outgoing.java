package dev.longshore.gateway.tls;

import dev.longshore.gateway.route.Member;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/** TLS to targets. Their certificates are not looked at: a load balancer trusts its network. */
public final class Outgoing {
  private static final long HANDSHAKE_SECONDS = 10;

  private final SslContext http1 = context(ApplicationProtocolNames.HTTP_1_1);
  private final SslContext http2 = context(ApplicationProtocolNames.HTTP_2);

  private static SslContext context(String protocol) {
    try {
      return SslContextBuilder.forClient()
          .sslProvider(SslProvider.JDK)
          .trustManager(InsecureTrustManagerFactory.INSTANCE)
          .endpointIdentificationAlgorithm(null)
          .protocols("TLSv1.3", "TLSv1.2")
          .applicationProtocolConfig(
              new ApplicationProtocolConfig(
                  ApplicationProtocolConfig.Protocol.ALPN,
                  ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                  ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                  protocol))
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("every Java has TLS", e);
    }
  }

  /** A handler that makes a connection to a target secure. */
  public SslHandler secure(Channel channel, boolean overHttp2, Member member) {
    SslHandler tls =
        (overHttp2 ? http2 : http1).newHandler(channel.alloc(), member.address(), member.port());
    tls.setHandshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS);
    return tls;
  }
}
