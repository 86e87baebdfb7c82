package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Surprises;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection of HTTP/1.1 to a target, or a stream of HTTP/2: carries one exchange at a time. */
final class BackSession extends ChannelInboundHandlerAdapter {
  private final Pool pool;
  private final @Nullable ResponseDecoder decoder;
  private final @Nullable HttpRequestEncoder encoder;
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Outlet outlet;
  private @Nullable Exchange exchange;
  private boolean reused;
  private boolean cameSomething;
  private boolean skipping;
  private boolean keeps;
  private boolean returning;
  private boolean readsOn = true;
  private long idleSince;

  /** Of a connection of HTTP/1.1. */
  BackSession(Pool pool, ResponseDecoder decoder, HttpRequestEncoder encoder) {
    this.pool = pool;
    this.decoder = decoder;
    this.encoder = encoder;
  }

  /** Of a stream of HTTP/2. */
  BackSession(Pool pool) {
    this.pool = pool;
    this.decoder = null;
    this.encoder = null;
  }

  private ChannelHandlerContext context() {
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return ctx;
  }

  private Outlet outlet() {
    if (outlet == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return outlet;
  }

  boolean isActive() {
    return ctx != null && ctx.channel().isActive();
  }

  boolean isReused() {
    return reused;
  }

  long idleSince() {
    return idleSince;
  }

  String target() {
    return pool.target();
  }

  void reuse() {
    reused = true;
  }

  boolean isWritable() {
    return context().channel().isWritable();
  }

  /** Sends an exchange's head. */
  void begin(Exchange next) {
    exchange = next;
    cameSomething = false;
    skipping = false;
    keeps = false;
    if (decoder != null) {
      decoder.expect(next.isToHead());
    }
    outlet().write(next.head());
  }

  void send(HttpContent content) {
    outlet().write(content);
  }

  void read(boolean on) {
    if (on != readsOn) {
      readsOn = on;
      context().channel().config().setAutoRead(on);
    }
  }

  /**
   * The exchange is over.
   *
   * @param clean whether the whole request was sent
   */
  void release(boolean clean) {
    boolean unused = exchange == null;
    exchange = null;
    if (decoder == null || !isActive() || !(clean && (keeps || unused))) {
      discard();
      return;
    }
    read(true);
    idleSince = System.nanoTime();
    if (unused) {
      pool.idle(this);
    } else {
      // Not before the present read is over, for what else it brings belongs to no request.
      returning = true;
    }
  }

  /** Ends the connection, or the stream, whatever is under way. */
  void discard() {
    exchange = null;
    returning = false;
    if (ctx != null) {
      var _ = ctx.close();
    }
  }

  /** The target is gone from the routes. */
  void cut() {
    Exchange was = exchange;
    if (was != null) {
      was.cut();
    }
    discard();
  }

  boolean isBusy() {
    return exchange != null;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    outlet = new Outlet(pool.loop(), ctx, encoder);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    Exchange now = exchange;
    if (now == null || returning) {
      // An answer that nobody asked for: whose it is cannot be told, so nobody gets it.
      ReferenceCountUtil.release(message);
      discard();
      return;
    }
    if (message instanceof HttpMessage head && head.decoderResult().isFailure()) {
      ReferenceCountUtil.release(message);
      now.unreadable();
    } else if (message instanceof HttpResponse head) {
      response(now, head);
    } else if (message instanceof HttpContent content) {
      content(now, content);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void response(Exchange now, HttpResponse head) {
    cameSomething = true;
    int code = head.status().code();
    if (code < 200 && code != 101) {
      // Interim answers are between this gateway and the target.
      skipping = !(head instanceof FullHttpResponse);
      ReferenceCountUtil.release(head);
      return;
    }
    boolean framed =
        HttpUtil.isTransferEncodingChunked(head)
            || HttpUtil.isContentLengthSet(head)
            || now.isToHead()
            || code == 204
            || code == 304;
    keeps = framed && HttpUtil.isKeepAlive(head) && isSound(head);
    if (head instanceof FullHttpResponse full) {
      now.response(new DefaultHttpResponse(HttpVersion.HTTP_1_1, full.status(), full.headers()));
      // Not the whole again, which an encoder would take for a second head.
      now.response(new DefaultLastHttpContent(full.content(), full.trailingHeaders()));
    } else {
      now.response(head);
    }
  }

  private static boolean isSound(HttpResponse head) {
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1);
  }

  private void content(Exchange now, HttpContent content) {
    if (content.decoderResult().isFailure()) {
      content.release();
      now.unreadable();
    } else if (skipping) {
      skipping = !(content instanceof LastHttpContent);
      content.release();
    } else {
      now.response(content);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (returning) {
      returning = false;
      if (decoder != null && decoder.isDrained()) {
        pool.idle(this);
      } else {
        discard();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (exchange != null) {
      exchange.front().updateReading();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Http2ResetFrame) {
      over();
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    pool.closed(this);
    over();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof io.netty.handler.codec.DecoderException) {
      Exchange was = exchange;
      if (was != null) {
        was.unreadable();
      }
    }
    Surprises.tell(cause);
    over();
    var _ = ctx.close();
  }

  private void over() {
    Exchange was = exchange;
    exchange = null;
    if (was != null) {
      was.lost(!cameSomething);
    }
  }

  /** Gives the connection up to a tunnel. */
  void becomes(io.netty.channel.ChannelHandler tunnel) {
    exchange = null;
    pool.closed(this);
    io.netty.channel.ChannelPipeline pipeline = context().pipeline();
    pipeline.replace(this, "tunnel", tunnel);
    if (encoder != null && decoder != null) {
      pipeline.remove(encoder);
      pipeline.remove(decoder);
    }
  }

  io.netty.channel.Channel channel() {
    return context().channel();
  }
}
