package dev.longshore.gateway.health;

import dev.longshore.gateway.route.Addresses;
import dev.longshore.gateway.route.HealthCheck;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.route.TargetHealth;
import dev.longshore.gateway.tls.Outgoing;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Makes single checks, each on a connection of its own. */
public final class Probes {
  private static final int MAX_CHUNK = 8 << 10;

  private final EventLoopGroup loops;
  private final Class<? extends Channel> type;
  private final Outgoing outgoing = new Outgoing();

  /**
   * @param type of connections, fit for the event loops
   */
  public Probes(EventLoopGroup loops, Class<? extends Channel> type) {
    this.loops = loops;
    this.type = type;
  }

  /** A check under way: comes to one finding, by the time-out at the latest. */
  private static final class Attempt {
    private final AtomicBoolean over = new AtomicBoolean();
    private final Consumer<Finding> found;

    private Attempt(Consumer<Finding> found) {
      this.found = found;
    }

    private void end(Channel channel, Finding finding) {
      if (over.compareAndSet(false, true)) {
        var _ = channel.close();
        found.accept(finding);
      }
    }
  }

  void probe(TargetGroup group, Member member, Consumer<Finding> found) {
    HealthCheck check = group.healthCheck();
    int port = check.port() == 0 ? member.port() : check.port();
    boolean stream = !check.protocol().isHttp();
    boolean http2 = !stream && group.version() != TargetGroup.Version.HTTP1;
    Attempt attempt = new Attempt(found);
    ChannelFuture connected =
        new Bootstrap()
            .group(loops)
            .channel(type)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (check.protocol() == Protocol.HTTPS) {
                      channel.pipeline().addLast(outgoing.secure(channel, http2, member));
                    }
                    if (http2) {
                      multiplex(channel);
                    }
                  }
                })
            .connect(new InetSocketAddress(Addresses.address(member.address()), port));
    Channel channel = connected.channel();
    var timeout =
        loops
            .next()
            .schedule(
                () -> attempt.end(channel, new Finding.Failed(TargetHealth.timeout())),
                check.timeout().toMillis(),
                TimeUnit.MILLISECONDS);
    channel
        .closeFuture()
        .addListener(closed -> {
          timeout.cancel(false);
          attempt.end(channel, new Finding.Failed(TargetHealth.failed()));
        });
    connected.addListener(done -> {
      if (!connected.isSuccess()) {
        attempt.end(channel, new Finding.Failed(TargetHealth.failed()));
      } else if (stream) {
        attempt.end(channel, new Finding.Passed());
      } else {
        ask(channel, group, member, port, http2, finding -> attempt.end(channel, finding));
      }
    });
  }

  private static void multiplex(Channel channel) {
    channel
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                .build(),
            new Http2MultiplexHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    var _ = stream.close();
                  }
                }));
  }

  private static void ask(
      Channel channel,
      TargetGroup group,
      Member member,
      int port,
      boolean http2,
      Consumer<Finding> found) {
    ProbeSession session = new ProbeSession(group, member.address() + ':' + port, found);
    if (!http2) {
      channel.pipeline().addLast(new HttpClientCodec(4096, MAX_CHUNK * 4, MAX_CHUNK), session);
      session.ask(channel);
      return;
    }
    var opened =
        new Http2StreamChannelBootstrap(channel)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel stream) {
                    var codec = new Http2StreamFrameToHttpObjectCodec(false);
                    stream.pipeline().addLast(codec, session);
                  }
                })
            .open();
    opened.addListener(done -> {
      if (opened.isSuccess()) {
        session.ask(opened.getNow());
      } else {
        found.accept(new Finding.Failed(TargetHealth.failed()));
      }
    });
  }
}
