package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells HTTP/2 from HTTP/1.1 by a connection's first bytes, then gives way to the right codec. */
final class Preface extends ByteToMessageDecoder {
  private static final Logger LOG = LoggerFactory.getLogger(Preface.class);
  private static final int LENGTH = Http2CodecUtil.connectionPrefaceBuf().readableBytes();

  private final Reception reception;
  private @Nullable Future<?> silence;

  Preface(Reception reception) {
    this.reception = reception;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    long nanos = reception.settings().timeouts().idle().toNanos();
    silence = ctx.executor().schedule(() -> close(ctx), nanos, TimeUnit.NANOSECONDS);
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (silence != null) {
      silence.cancel(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Reception.Event.CLOSING) {
      close(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** A peer that does not trust the certificate ends here. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("{} cannot be spoken to", ctx.channel().remoteAddress(), cause);
    close(ctx);
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    ByteBuf preface = Http2CodecUtil.connectionPrefaceBuf();
    int seen = Math.min(in.readableBytes(), LENGTH);
    for (int i = 0; i < seen; i++) {
      if (in.getByte(in.readerIndex() + i) != preface.getByte(i)) {
        Protocols.http1(ctx, reception);
        ctx.pipeline().remove(this);
        return;
      }
    }
    if (seen == LENGTH) {
      Protocols.http2(ctx.pipeline(), reception);
      ctx.pipeline().remove(this);
    }
  }
}
