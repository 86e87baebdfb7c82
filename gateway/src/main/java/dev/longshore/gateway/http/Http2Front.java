package dev.longshore.gateway.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client's connection of HTTP/2: its streams are sessions of their own. */
final class Http2Front extends ChannelInboundHandlerAdapter {
  /** AWS's bound. */
  private static final int STREAMS = 128;

  private static final int RESETS = 200;
  private static final int RESETS_SECONDS = 30;
  private static final int WINDOW = 256 << 10;

  private final Client client;
  private final Set<FrontSession> streams = new LinkedHashSet<>();
  private final long opened = System.nanoTime();
  private long lastActivity = opened;
  private @Nullable Future<?> timer;
  private boolean goingAway;

  private Http2Front(Client client) {
    this.client = client;
  }

  /** Makes a connection speak HTTP/2. */
  static void fill(ChannelPipeline pipeline, Client client) {
    Http2Front front = new Http2Front(client);
    pipeline.addLast(
        Http2FrameCodecBuilder.forServer()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(STREAMS)
                    .initialWindowSize(WINDOW)
                    .maxHeaderListSize(RequestDecoder.MAX_HEADERS))
            .decoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS)
            .validateHeaders(true)
            .build(),
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                front.open(stream);
              }
            }),
        front);
  }

  private void open(Channel stream) {
    FrontSession session = new FrontSession(client);
    streams.add(session);
    stream
        .closeFuture()
        .addListener(closed -> {
          streams.remove(session);
          lastActivity = System.nanoTime();
        });
    stream.pipeline().addLast(new Http2StreamFrameToHttpObjectCodec(true), session);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    schedule(ctx);
  }

  private void schedule(ChannelHandlerContext ctx) {
    long idle = client.traffic().idleNanos(client.listenerArn());
    timer =
        ctx.executor()
            .schedule(
                () -> {
                  look(ctx, idle);
                  schedule(ctx);
                },
                Math.max(TimeUnit.MILLISECONDS.toNanos(20), idle / 4),
                TimeUnit.NANOSECONDS);
  }

  private void look(ChannelHandlerContext ctx, long idle) {
    long now = System.nanoTime();
    new ArrayList<>(streams).forEach(each -> each.look(now));
    long keepAlive = client.traffic().keepAliveNanos(client.listenerArn());
    boolean unused = streams.isEmpty() && now - lastActivity >= idle;
    if (!goingAway && (unused || now - opened >= keepAlive)) {
      // Says GOAWAY; streams that are open end in their own time.
      goingAway = true;
      var _ = ctx.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Frames of the connection itself (settings, pings) are the codec's affair. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    var _ = ctx.close();
  }
}
