package dev.longshore.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP/2 connection: watches the time limits of itself and of its streams. */
final class Http2Session extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Session.class);

  private final Reception reception;
  private final Set<Http2StreamSession> streams = new LinkedHashSet<>();
  private @Nullable Future<?> ticks;
  private long quietSince = System.nanoTime();
  private boolean goingAway;

  Http2Session(Reception reception) {
    this.reception = reception;
  }

  void opened(Http2StreamSession stream) {
    streams.add(stream);
  }

  void closed(Http2StreamSession stream) {
    streams.remove(stream);
    quietSince = System.nanoTime();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ticks = Ticks.start(ctx, reception.settings(), () -> look(ctx));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (ticks != null) {
      ticks.cancel(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Reception.Event.CLOSING) {
      look(ctx);
    } else {
      // Whoever comes last gives back what an event holds: an upgrade holds the request's body.
      ctx.fireUserEventTriggered(event);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    HttpSettings.Timeouts timeouts = reception.settings().timeouts();
    boolean idle = streams.isEmpty() && Ticks.past(quietSince, timeouts.idle());
    if (goingAway) {
      return;
    }
    if (idle || reception.closing()) {
      // Says GOAWAY and lets the streams that are open end.
      goingAway = true;
      var _ = ctx.close();
      return;
    }
    for (Http2StreamSession stream : List.copyOf(streams)) {
      if (stream.stuck(timeouts.write())) {
        goingAway = true;
        var _ = ctx.close();
      } else {
        stream.look(timeouts.request());
      }
    }
  }

  /** Frames of the connection itself (settings, pings) are the codec's affair. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("HTTP/2 connection with {} ends", ctx.channel().remoteAddress(), cause);
    var _ = ctx.close();
  }
}
