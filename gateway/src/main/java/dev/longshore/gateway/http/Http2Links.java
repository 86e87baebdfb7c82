package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Member;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connections of HTTP/2 to one target: streams share a connection until it is full
 * by this count, then another is opened.
 */
final class Http2Links {
  private static final int STREAMS = 100;
  private static final int MAX_WAITING = 10_000;

  private static final class Link {
    private final Channel channel;
    private int streams;

    Link(Channel channel) {
      this.channel = channel;
    }
  }

  private final Loop loop;
  private final Pool pool;
  private final Member member;
  private final List<Link> links = new ArrayList<>();
  private final Deque<Exchange> waiting = new ArrayDeque<>();
  private boolean connecting;

  Http2Links(Loop loop, Pool pool, Member member) {
    this.loop = loop;
    this.pool = pool;
    this.member = member;
  }

  void acquire(Exchange exchange) {
    Link link = free();
    if (link != null) {
      open(link, exchange);
    } else if (waiting.size() >= MAX_WAITING) {
      exchange.crowded();
    } else {
      waiting.add(exchange);
      connect();
    }
  }

  private @Nullable Link free() {
    for (Link each : links) {
      if (each.streams < STREAMS && each.channel.isActive()) {
        return each;
      }
    }
    return null;
  }

  private void open(Link link, Exchange exchange) {
    link.streams++;
    BackSession session = new BackSession(pool);
    var opened =
        new Http2StreamChannelBootstrap(link.channel)
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
        opened.getNow().closeFuture().addListener(closed -> ended(link));
        pool.opened(session);
        exchange.connected(session);
      } else {
        ended(link);
        links.remove(link);
        exchange.unreachable(opened.cause());
      }
    });
  }

  private void ended(Link link) {
    link.streams--;
    serve();
  }

  private void serve() {
    for (Link link = free(); link != null && !waiting.isEmpty(); link = free()) {
      open(link, waiting.remove());
    }
  }

  private void connect() {
    if (connecting) {
      return;
    }
    connecting = true;
    ChannelFuture connected =
        loop.bootstrap()
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    fill(channel);
                  }
                })
            .connect(loop.address(member));
    connected.addListener(done -> {
      if (connected.isSuccess()) {
        Channel channel = connected.channel();
        pool.whenSecure(channel, () -> linked(channel), this::failed);
      } else {
        failed(connected.cause());
      }
    });
  }

  private void fill(Channel channel) {
    if (pool.spec().protocol().isSecure()) {
      channel.pipeline().addLast(loop.traffic().toTarget(channel, pool.spec().version(), member));
    }
    channel
        .pipeline()
        .addLast(
            Http2FrameCodecBuilder.forClient()
                .initialSettings(Http2Settings.defaultSettings().pushEnabled(false))
                .build(),
            new Http2MultiplexHandler(new Refusal()),
            new LastWord());
  }

  private void linked(Channel channel) {
    connecting = false;
    Link link = new Link(channel);
    links.add(link);
    channel.closeFuture().addListener(closed -> links.remove(link));
    serve();
    if (!waiting.isEmpty()) {
      connect();
    }
  }

  private void failed(@Nullable Throwable cause) {
    connecting = false;
    List<Exchange> all = new ArrayList<>(waiting);
    waiting.clear();
    all.forEach(each -> each.unreachable(cause));
  }

  boolean isEmpty() {
    return links.isEmpty() && !connecting && waiting.isEmpty();
  }

  void sweep() {
    if (member.gone()) {
      List.copyOf(links)
          .forEach(link -> {
            var _ = link.channel.close();
          });
    }
  }
}
