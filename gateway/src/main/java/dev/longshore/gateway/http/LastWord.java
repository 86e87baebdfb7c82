package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Surprises;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Ends a connection that fails, where nobody before did so. */
final class LastWord extends ChannelInboundHandlerAdapter {
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Surprises.tell(cause);
    var _ = ctx.close();
  }
}
