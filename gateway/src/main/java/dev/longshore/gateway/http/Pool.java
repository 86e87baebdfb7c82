package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.TargetGroup;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslHandler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One event loop's connections to one target. */
final class Pool {
  private final Loop loop;
  private final Member member;
  private final TargetGroup spec;
  private final Deque<BackSession> idle = new ArrayDeque<>();
  private final Set<BackSession> all = new LinkedHashSet<>();
  private final @Nullable Http2Links links;
  private int connecting;

  Pool(Loop loop, Member member, TargetGroup spec) {
    this.loop = loop;
    this.member = member;
    this.spec = spec;
    this.links =
        spec.version() == TargetGroup.Version.HTTP1 ? null : new Http2Links(loop, this, member);
  }

  Loop loop() {
    return loop;
  }

  TargetGroup spec() {
    return spec;
  }

  Member member() {
    return member;
  }

  String target() {
    return member.address() + ':' + member.port();
  }

  /** Gives an exchange a connection, or a stream, now or as soon as there is one. */
  void acquire(Exchange exchange) {
    if (links != null) {
      links.acquire(exchange);
      return;
    }
    for (BackSession each = idle.pollLast(); each != null; each = idle.pollLast()) {
      if (each.isActive()) {
        each.reuse();
        exchange.connected(each);
        return;
      }
    }
    if (all.size() + connecting >= loop.traffic().settings().targetConnections()) {
      exchange.crowded();
      return;
    }
    connect(exchange);
  }

  private void connect(Exchange exchange) {
    ResponseDecoder decoder = new ResponseDecoder(loop.wholes());
    HttpRequestEncoder encoder = new HttpRequestEncoder();
    BackSession session = new BackSession(this, decoder, encoder);
    Bootstrap bootstrap = loop.bootstrap();
    bootstrap.handler(
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            if (spec.protocol().isSecure()) {
              channel.pipeline().addLast(loop.traffic().toTarget(channel, spec.version(), member));
            }
            channel.pipeline().addLast(decoder, encoder, session);
          }
        });
    connecting++;
    ChannelFuture connected = bootstrap.connect(loop.address(member));
    connected.addListener(done -> {
      if (!connected.isSuccess()) {
        connecting--;
        exchange.unreachable(connected.cause());
        return;
      }
      whenSecure(
          connected.channel(),
          () -> opened(exchange, session),
          cause -> {
            connecting--;
            exchange.unreachable(cause);
          });
    });
  }

  /** Goes on with a new connection once its TLS, if any, is agreed on; one that fails is closed. */
  void whenSecure(Channel channel, Runnable ready, Consumer<Throwable> failed) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      ready.run();
      return;
    }
    tls.handshakeFuture()
        .addListener(done -> {
          if (done.isSuccess()) {
            ready.run();
          } else {
            loop.traffic().metrics().group(spec.name()).add(Count.TARGET_TLS_ERROR);
            var _ = channel.close();
            failed.accept(done.cause());
          }
        });
  }

  private void opened(Exchange exchange, BackSession session) {
    connecting--;
    all.add(session);
    exchange.connected(session);
  }

  /** A connection is free for the next request. */
  void idle(BackSession session) {
    if (member.accepting()) {
      idle.addLast(session);
    } else {
      session.discard();
    }
  }

  void opened(BackSession stream) {
    all.add(stream);
  }

  void closed(BackSession session) {
    all.remove(session);
    idle.remove(session);
  }

  /** Closes what has been idle since before then. */
  void purge(long before) {
    for (BackSession oldest = idle.peekFirst(); oldest != null; oldest = idle.peekFirst()) {
      if (oldest.idleSince() - before > 0) {
        break;
      }
      idle.removeFirst();
      oldest.discard();
    }
  }

  /** Whether nothing keeps the pool: its target left, and no connection is open. */
  boolean isSpent() {
    return all.isEmpty() && connecting == 0 && (links == null || links.isEmpty());
  }

  /** The routes changed: what may not go on ends. */
  void sweep() {
    if (member.accepting()) {
      return;
    }
    List<BackSession> free = new ArrayList<>(idle);
    idle.clear();
    free.forEach(BackSession::discard);
    if (member.gone()) {
      List.copyOf(all).forEach(BackSession::cut);
    }
    if (links != null) {
      links.sweep();
    }
  }
}
