package dev.longshore.agent.link;

import dev.longshore.agent.docker.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Opens connections to the control plane; shared by all agents of a process. */
public final class Transport {
  private static final Duration CONNECT = Duration.ofSeconds(30);

  private final Sockets sockets;
  private final @Nullable Path trusted;
  private final boolean insecure;
  private volatile @Nullable SslContext tls;

  private Transport(Sockets sockets, @Nullable Path trusted, boolean insecure) {
    this.sockets = sockets;
    this.trusted = trusted;
    this.insecure = insecure;
  }

  /**
   * @param trusted PEM file of the authorities trusted besides none other; null for the system's
   * @param insecure accept any certificate
   */
  public static Transport of(Sockets sockets, @Nullable Path trusted, boolean insecure) {
    return new Transport(sockets, trusted, insecure);
  }

  /** Connects; the handlers stand behind TLS where the origin has it. */
  Channel connect(Origin origin, ChannelHandler... handlers)
      throws UnreachableException, InterruptedException {
    try {
      SslContext context = origin.tls() ? tls() : null;
      CompletableFuture<Channel> connected = new CompletableFuture<>();
      var _ =
          sockets
              .client()
              .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis())
              .option(ChannelOption.TCP_NODELAY, true)
              .handler(initializer(origin, context, handlers))
              .connect(origin.host(), origin.port())
              .addListener((io.netty.channel.ChannelFuture future) -> {
                if (future.isSuccess()) {
                  connected.complete(future.channel());
                } else {
                  connected.completeExceptionally(future.cause());
                }
              });
      return await(connected, CONNECT, "connecting to " + origin.authority());
    } catch (SSLException e) {
      throw new UnreachableException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static ChannelInitializer<Channel> initializer(
      Origin origin, @Nullable SslContext context, ChannelHandler... handlers) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (context != null) {
          var handler = context.newHandler(channel.alloc(), origin.host(), origin.port());
          SSLParameters parameters = handler.engine().getSSLParameters();
          parameters.setEndpointIdentificationAlgorithm("HTTPS");
          handler.engine().setSSLParameters(parameters);
          channel.pipeline().addLast(handler);
        }
        channel.pipeline().addLast(handlers);
      }
    };
  }

  private SslContext tls() throws SSLException {
    SslContext made = tls;
    if (made == null) {
      SslContextBuilder builder = SslContextBuilder.forClient();
      if (insecure) {
        builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      } else if (trusted != null) {
        builder.trustManager(trusted.toFile());
      }
      made = builder.build();
      tls = made;
    }
    return made;
  }

  /** Waits for what the event loop will do. */
  static <T> T await(Future<T> future, Duration limit, String what)
      throws UnreachableException, InterruptedException {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new UnreachableException(what + ": " + cause.getMessage(), cause);
    } catch (TimeoutException e) {
      throw new UnreachableException(what + ": no answer within " + limit, e);
    }
  }
}
