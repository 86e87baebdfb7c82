package dev.longshore.gateway.stream;

import dev.longshore.gateway.metric.Surprises;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds what a client sends, and that it sends no more, until it has a target, and asks for one
 * when the client is ready.
 */
final class Entrance extends ChannelInboundHandlerAdapter {
  private final StreamTraffic traffic;
  private final String listenerArn;
  private final boolean secure;
  private final Deque<Object> early = new ArrayDeque<>(1);
  private boolean ended;

  Entrance(StreamTraffic traffic, String listenerArn, boolean secure) {
    this.traffic = traffic;
    this.listenerArn = listenerArn;
    this.secure = secure;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    if (!secure) {
      traffic.accepted(ctx.channel(), listenerArn);
    }
    ctx.fireChannelActive();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      ended = true;
      return;
    }
    if (event instanceof SslHandshakeCompletionEvent shaken) {
      if (shaken.isSuccess()) {
        traffic.accepted(ctx.channel(), listenerArn);
      } else {
        traffic.refused(listenerArn);
        var _ = ctx.close();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  /** Reading is off while a target is sought, so this is what one read brought at most. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    early.add(message);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    for (Object each = early.poll(); each != null; each = early.poll()) {
      ctx.fireChannelRead(each);
    }
    if (ended) {
      ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    early.forEach(ReferenceCountUtil::release);
    early.clear();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Surprises.tell(cause);
    var _ = ctx.close();
  }
}
