package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMessage;
import org.jspecify.annotations.Nullable;

/**
 * Where a session writes. What is written is flushed once its loop has seen to all that was ready,
 * so that peers are woken for many messages at once and not for each.
 */
final class Outlet {
  private final Loop loop;
  private final ChannelHandlerContext ctx;
  private final @Nullable ChannelHandlerContext below;
  private @Nullable HttpMessage head;
  private boolean waiting;

  /**
   * @param encoder of HTTP/1.1, which messages that were read whole go past; null for HTTP/2
   */
  Outlet(Loop loop, ChannelHandlerContext ctx, @Nullable ChannelHandler encoder) {
    this.loop = loop;
    this.ctx = ctx;
    this.below = encoder == null ? null : ctx.pipeline().context(encoder);
  }

  /** Writes a head. That of a message that was read whole waits for its content. */
  void write(HttpMessage next) {
    if (below != null && next.headers() instanceof LineHeaders) {
      head = next;
    } else {
      write(ctx, next);
    }
  }

  /** Takes over the content. */
  void write(HttpContent content) {
    HttpMessage whole = head;
    if (below != null && whole != null && whole.headers() instanceof LineHeaders lines) {
      head = null;
      ByteBuf written = WholeWriter.write(ctx.alloc(), whole, lines, content.content());
      content.release();
      write(below, written);
    } else {
      write(ctx, content);
    }
  }

  private void write(ChannelHandlerContext at, Object message) {
    var _ = at.write(message);
    if (!waiting) {
      waiting = true;
      loop.flushSoon(this);
    }
  }

  void flush() {
    waiting = false;
    ctx.flush();
  }
}
