package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Surprises;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2SettingsFrame;
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

  /** A sound client resets streams now and then. */
  private static final int RESETS = 200;

  private static final int RESETS_SECONDS = 30;

  /** Answers to pings and settings that wait for a client that does not read them. */
  private static final int UNREAD = 1_000;

  private static final int EMPTY_PARTS = 2;
  private static final int SMALL_PARTS_OF_HEADS = 16;
  private static final int WINDOW = 256 << 10;

  private final Client client;
  private final Set<FrontSession> streams = new LinkedHashSet<>();
  private final long opened = System.nanoTime();
  private long lastActivity = opened;
  private @Nullable Future<?> timer;
  private boolean goingAway;
  private final Allowance settings = new Allowance();
  private final Allowance faults = new Allowance();

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
            .encoderEnforceMaxRstFramesPerWindow(RESETS, RESETS_SECONDS)
            .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_PARTS)
            .decoderEnforceMaxSmallContinuationFrames(SMALL_PARTS_OF_HEADS)
            .encoderEnforceMaxQueuedControlFrames(UNREAD)
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
    ChannelHandlerContext connection = stream.parent().pipeline().context(this);
    stream
        .pipeline()
        .addLast(new Faults(connection), new Http2StreamFrameToHttpObjectCodec(true), session);
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
      // Says GOAWAY; streams that are open have the codec's 30 s to end.
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

  /** Frames of the connection itself are the codec's affair, which does not count settings. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof Http2SettingsFrame && settings.isSpent()) {
      calm(ctx, "settings");
    }
    ReferenceCountUtil.release(message);
  }

  /** Ends the connection at once: its client costs too much. */
  private static void calm(ChannelHandlerContext ctx, String what) {
    ctx.channel()
        .pipeline()
        .fireExceptionCaught(
            Http2Exception.connectionError(Http2Error.ENHANCE_YOUR_CALM, "too many %s", what));
  }

  /**
   * Counts streams that their client made end by a fault. The codec counts only some of the resets
   * that it sends for these.
   */
  private final class Faults extends ChannelInboundHandlerAdapter {
    private final ChannelHandlerContext connection;

    private Faults(ChannelHandlerContext connection) {
      this.connection = connection;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.fireExceptionCaught(cause);
      if (faults.isSpent()) {
        calm(connection, "faults");
      }
    }
  }

  /** What is wrong with frames is told here first; the codec then says so to the client. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof Http2Exception)) {
      Surprises.tell(cause);
      var _ = ctx.close();
    }
  }
}
